#include "experiment/run_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "config/path.h"

namespace nnrun {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t kLargestRunJson = 16U << 20U;

bool is_figure(const Json& value) { return value.is_number() || value.is_string(); }

bool is_checksum(const Json& file) {
  return file.is_object() && file.contains("sha256") && file["sha256"].is_string();
}

/// Whether a run.json has all that is read from it, as nnrun writes it.
bool is_run_json(const Json& json) {
  if (!json.is_object()) return false;
  const auto has = [&](const char* key, Json::value_t type) {
    return json.contains(key) && json[key].type() == type;
  };
  return has("experiment", Json::value_t::string) && has("run", Json::value_t::string) &&
         has("configuration", Json::value_t::object) && has("status", Json::value_t::string) &&
         has("message", Json::value_t::string) && has("fields", Json::value_t::array) &&
         has("figures", Json::value_t::object) && has("data", Json::value_t::array) &&
         std::all_of(json["data"].begin(), json["data"].end(), is_checksum) &&
         std::all_of(json["fields"].begin(), json["fields"].end(),
                     [](const Json& field) { return field.is_string(); }) &&
         std::all_of(json["figures"].begin(), json["figures"].end(), is_figure) &&
         json["figures"].contains("final_epoch") &&
         json["figures"]["final_epoch"].is_number_unsigned();
}

}  // namespace

std::optional<Json> read_run_json(const fs::path& folder) {
  const fs::path path = folder / "run.json";
  std::error_code error;
  if (!fs::exists(path, error)) return std::nullopt;
  const auto json = Json::parse(read_file(path, kLargestRunJson), nullptr, false);
  if (!is_run_json(json)) {
    throw Error(printable(path.string()) +
                ": damaged, not a run.json of nnrun; train the run anew with --fresh");
  }
  return json;
}

std::string key_path(const std::string& pointer) {
  Path path;
  std::size_t start = 1;
  while (start <= pointer.size()) {
    const std::size_t end = std::min(pointer.find('/', start), pointer.size());
    path = path / std::string_view(pointer).substr(start, end - start);
    start = end + 1;
  }
  return path.text();
}

std::string figure_text(const Json& figures, const std::string& name) {
  if (!figures.contains(name)) return {};
  const Json& value = figures[name];
  return value.is_number() ? shortest(value.get<double>()) : value.get<std::string>();
}

}  // namespace nnrun

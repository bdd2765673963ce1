#include "experiment/run_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/checksum.h"
#include "base/file.h"
#include "base/text.h"
#include "base/time.h"
#include "config/path.h"
#include "experiment/damage.h"

namespace nnrun {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t kLargestRunJson = 16U << 20U;
constexpr std::string_view kDigestBegins = ",\n  \"sha256\": \"";
constexpr std::string_view kDigestEnds = "\"\n}\n";

bool is_figure(const Json& value) { return value.is_number() || value.is_string(); }

/// Whether all elements of a list are of this kind.
template <class Is>
bool all_of(const Json& list, Is is) {
  return std::all_of(list.begin(), list.end(), is);
}

bool is_text(const Json& value) { return value.is_string(); }

bool has(const Json& json, const char* key, Json::value_t type) {
  return json.contains(key) && json[key].type() == type;
}

bool is_source_file(const Json& file) {
  return file.is_object() && has(file, "path", Json::value_t::string) &&
         has(file, "sha256", Json::value_t::string);
}

/// Whether what is not in every run.json is there as nnrun writes it, or not at all.
bool are_extras_sound(const Json& json) {
  const Json& configuration = json["configuration"];
  const bool described = !configuration.contains("description") ||
                         has(configuration, "description", Json::value_t::string);
  const auto is_length = [](const Json& value) { return value.is_number_unsigned(); };
  const bool shaped = !json.contains("sample") || (has(json, "sample", Json::value_t::array) &&
                                                   all_of(json["sample"], is_length));
  const bool paused = !json.contains("paused_at") || is_length(json["paused_at"]);
  return described && shaped && paused;
}

/// Whether a run.json has all that is read from it, as nnrun writes it.
bool is_run_json(const Json& json) {
  return is_run_facts(json) && has(json, "status", Json::value_t::string) &&
         has(json, "message", Json::value_t::string) &&
         has(json, "sha256", Json::value_t::string) &&
         has(json, "figures", Json::value_t::object) && all_of(json["figures"], is_figure) &&
         has(json, "files", Json::value_t::object) && all_of(json["files"], is_text) &&
         are_extras_sound(json);
}

/// Whether walking what the text holds would need a stack deeper than any that nnrun writes.
bool nests_deeply(std::string_view text) {
  constexpr int kDeepest = 100;
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') quoted = !quoted;
    if (quoted && c == '\\') ++i;
    if (quoted) continue;
    depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
    if (depth > kDeepest) return true;
  }
  return false;
}

/// Whether the text ends with the checksum of what comes before.
bool is_whole(std::string_view text) {
  constexpr std::size_t kTail = kDigestBegins.size() + kDigestBytes + kDigestEnds.size();
  if (text.size() < kTail) return false;
  const std::string_view before = text.substr(0, text.size() - kTail);
  const std::string_view digest = text.substr(before.size() + kDigestBegins.size(), kDigestBytes);
  return text.substr(before.size()).starts_with(kDigestBegins) && text.ends_with(kDigestEnds) &&
         sha256(before) == digest;
}

}  // namespace

Json program_json(const Provenance& provenance) {
  return {{"version", provenance.version},         {"commit", provenance.commit},
          {"compiler", provenance.compiler},       {"blas", provenance.blas},
          {"blas_kernel", provenance.blas_kernel}, {"kernel", provenance.kernel}};
}

Json run_facts(const Run& run, const std::vector<SourceFile>& data, const Provenance& provenance) {
  Json json;
  json["experiment"] = run.experiment.name;
  json["run"] = run.folder;
  json["fields"] = Json::array();
  for (const SweptField& field : run.fields) json["fields"].push_back(field.path);
  json["seed"] = run.experiment.seed;
  json["configuration"] = Json::parse(run.configuration);
  json["data"] = Json::array();
  for (const SourceFile& file : data) {
    json["data"].push_back({{"path", file.path}, {"sha256", file.sha256}});
  }
  json["program"] = program_json(provenance);
  json["started"] = now_utc();
  json["warnings"] = Json::array();
  return json;
}

bool is_run_facts(const Json& json) {
  return json.is_object() && has(json, "experiment", Json::value_t::string) &&
         has(json, "run", Json::value_t::string) && has(json, "fields", Json::value_t::array) &&
         all_of(json["fields"], is_text) && has(json, "seed", Json::value_t::number_unsigned) &&
         has(json, "configuration", Json::value_t::object) &&
         has(json, "data", Json::value_t::array) && all_of(json["data"], is_source_file) &&
         has(json, "program", Json::value_t::object) && all_of(json["program"], is_text) &&
         has(json, "started", Json::value_t::string) &&
         has(json, "warnings", Json::value_t::array) && all_of(json["warnings"], is_text);
}

std::string run_json_text(const Json& json) {
  std::string text = json.dump(2, ' ', false, Json::error_handler_t::replace);
  text.resize(text.size() - std::string_view("\n}").size());
  const std::string digest = sha256(text);
  return text + std::string(kDigestBegins) + digest + std::string(kDigestEnds);
}

std::optional<Json> read_run_json(const fs::path& folder) {
  const fs::path path = folder / "run.json";
  const auto text = read_file_if_there(path, kLargestRunJson, Links::kRefuse);
  if (!text) return std::nullopt;
  const auto damaged = [&](const char* how) {
    return Damage(printable(path.string()) + ": damaged, " + how +
                  "; train the run anew with --retry damaged");
  };
  auto json = nests_deeply(*text) ? Json() : Json::parse(*text, nullptr, false);
  if (!is_run_json(json)) throw damaged("not a run.json of this nnrun");
  if (!is_whole(*text)) throw damaged("its SHA-256 is not the one at its end");
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

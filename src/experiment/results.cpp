#include "experiment/results.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <nlohmann/json.hpp>
#include <set>

#include "base/npy.h"
#include "base/text.h"
#include "config/json.h"
#include "config/path.h"
#include "experiment/csv.h"

namespace nnrun {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t kLargestRunJson = 16U << 20U;

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

/// What makes a run what it is: everything but its name and its description.
nlohmann::json identity(Json configuration) {
  configuration.erase("name");
  configuration.erase("description");
  return nlohmann::json(configuration).flatten();
}

std::string shown(const nlohmann::json& flat, const std::string& key) {
  return flat.contains(key) ? printable(flat[key].dump()) : std::string("absent");
}

/// "/network/0/dense/units" as "network[0].dense.units".
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

std::vector<std::string> differences(const nlohmann::json& before, const nlohmann::json& now) {
  std::vector<std::string> lines;
  nlohmann::json all = before;
  all.update(now);
  for (const auto& [key, value] : all.items()) {
    // As text: JSON's numbers take 1 and 1.0 for the same, a split does not.
    const bool same =
        before.contains(key) && now.contains(key) && before[key].dump() == now[key].dump();
    if (same) continue;
    lines.push_back(
        fmt::format("{}: was {}, now {}", key_path(key), shown(before, key), shown(now, key)));
  }
  return lines;
}

/// What differs between a run.json and a run as it is configured now.
std::vector<std::string> compare(const Json& json, const Run& run) {
  return differences(identity(json["configuration"]), identity(to_json(run.resolved)));
}

/// JSON has no NaN: what is not finite becomes text. An epoch is written without a point.
Json number(double value) {
  if (!std::isfinite(value)) return shortest(value);
  const auto whole = parse_integer(shortest(value));
  return whole ? Json(*whole) : Json(value);
}

Json figures_json(const Figures& figures) {
  Json json = Json::object();
  for (const auto& [name, value] : figures) json[name] = number(value);
  return json;
}

std::string figure_text(const Json& figures, const std::string& name) {
  if (!figures.contains(name)) return {};
  const Json& value = figures[name];
  return value.is_number() ? shortest(value.get<double>()) : value.get<std::string>();
}

bool is_figure(const Json& value) { return value.is_number() || value.is_string(); }

/// Whether a run.json has all that is read from it, as nnrun writes it.
bool is_run_json(const Json& json) {
  if (!json.is_object()) return false;
  const auto has = [&](const char* key, Json::value_t type) {
    return json.contains(key) && json[key].type() == type;
  };
  return has("configuration", Json::value_t::object) && has("status", Json::value_t::string) &&
         has("message", Json::value_t::string) && has("fields", Json::value_t::array) &&
         has("figures", Json::value_t::object) &&
         std::all_of(json["fields"].begin(), json["fields"].end(),
                     [](const Json& field) { return field.is_string(); }) &&
         std::all_of(json["figures"].begin(), json["figures"].end(), is_figure);
}

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

std::string message(const Outcome& outcome) {
  if (!outcome.diverged) return {};
  return fmt::format("diverged at epoch {}: {} went non-finite first", outcome.last_epoch,
                     outcome.first_non_finite);
}

/// The flattened configuration without the fields that are swept.
nlohmann::json without(nlohmann::json flat, const std::vector<std::string>& swept) {
  for (const std::string& dotted : swept) {
    std::string pointer = "/" + dotted;
    std::replace(pointer.begin(), pointer.end(), '.', '/');
    for (auto item = flat.begin(); item != flat.end();) {
      const bool inside = item.key() == pointer || item.key().starts_with(pointer + "/");
      item = inside ? flat.erase(item) : std::next(item);
    }
  }
  return flat;
}

std::vector<fs::path> folders_in(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.is_directory(error)) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

}  // namespace

RunState run_state(const fs::path& folder, const Run& run) {
  RunState state;
  const auto json = read_run_json(folder / run.folder);
  if (!json) return state;
  state.status = (*json)["status"].get<std::string>();
  state.differences = compare(*json, run);
  state.kind = state.differences.empty() ? RunState::Kind::kFinished : RunState::Kind::kOther;
  return state;
}

std::vector<std::string> changed_outside_grid(const fs::path& folder, const Sweep& sweep) {
  std::set<std::string> grid;
  for (const Run& run : sweep.runs) grid.insert(run.folder);
  const auto now = identity(to_json(sweep.runs.front().resolved));
  std::vector<std::string> messages;
  for (const fs::path& other : folders_in(folder)) {
    const auto json =
        grid.contains(other.filename().string()) ? std::nullopt : read_run_json(other);
    if (!json) continue;
    auto swept = (*json)["fields"].get<std::vector<std::string>>();
    swept.insert(swept.end(), sweep.fields.begin(), sweep.fields.end());
    const auto lines =
        differences(without(identity((*json)["configuration"]), swept), without(now, swept));
    if (lines.empty()) continue;
    messages.push_back(fmt::format("{}: finished with another configuration:\n    {}",
                                   printable(other.string()), fmt::join(lines, "\n    ")));
  }
  return messages;
}

void clear_run(const fs::path& folder) {
  // run.json first: without it the rest is unfinished, whatever happens next.
  for (const char* name : {"run.json", "metrics.csv", "timing.csv", "confusion.csv", "weights"}) {
    std::error_code error;
    fs::remove_all(folder / name, error);
    if (error) {
      throw Error(fmt::format("{}: cannot remove: {}", printable((folder / name).string()),
                              error.message()),
                  ExitStatus::kRunFailed);
    }
  }
}

RunWriter::RunWriter(fs::path folder, const Run& run, const Provenance& provenance)
    : folder_(std::move(folder)),
      run_(run),
      provenance_(provenance),
      metrics_(folder_ / "metrics.csv"),
      timing_(csv_line({"epoch", "seconds"})),
      started_(now_utc()) {
  std::vector<std::string> header = {"epoch", "learning_rate"};
  for (const std::string& column : record_columns(run.experiment.model)) header.push_back(column);
  metrics_.append(csv_line(header));
}

void RunWriter::record(const EpochRecord& record) {
  std::vector<std::string> cells = {std::to_string(record.epoch), shortest(record.learning_rate)};
  for (const auto& value : record_values(run_.experiment.model, record)) {
    cells.push_back(value ? shortest(*value) : std::string());
  }
  metrics_.append(csv_line(cells));
  timing_ += csv_line({std::to_string(record.epoch), shortest(record.seconds)});
  records_.push_back(record);
}

void RunWriter::finish(const Outcome& outcome, const std::vector<SourceFile>& files) {
  metrics_.finish();
  write_file(folder_ / "timing.csv", timing_);
  write_weights(outcome);
  if (!outcome.confusion.empty()) write_confusion(outcome);
  write_run_json(outcome, files);
}

void RunWriter::write_weights(const Outcome& outcome) const {
  const Network& network = run_.experiment.model.network;
  for (const NetworkParameter& parameter : network.parameters()) {
    write_file(
        folder_ / "weights" / (parameter.name + ".npy"),
        npy_bytes(parameter.declared.shape, Network::documented(parameter, outcome.parameters)));
  }
}

void RunWriter::write_confusion(const Outcome& outcome) const {
  const std::size_t classes =
      run_.experiment.model.labels.classes(run_.experiment.data.facts.classes);
  std::vector<std::string> header = {"true\\predicted"};
  for (std::size_t k = 0; k < classes; ++k) header.push_back(std::to_string(k));
  std::string text = csv_line(header);
  for (std::size_t row = 0; row < classes; ++row) {
    std::vector<std::string> cells = {std::to_string(row)};
    for (std::size_t k = 0; k < classes; ++k) {
      cells.push_back(std::to_string(outcome.confusion[row * classes + k]));
    }
    text += csv_line(cells);
  }
  write_file(folder_ / "confusion.csv", text);
}

void RunWriter::write_run_json(const Outcome& outcome, const std::vector<SourceFile>& files) const {
  Json json;
  json["experiment"] = run_.experiment.name;
  json["run"] = run_.folder;
  json["status"] = outcome.diverged ? "diverged" : "completed";
  json["message"] = message(outcome);
  json["fields"] = Json::array();
  for (const SweptField& field : run_.fields) json["fields"].push_back(field.path);
  json["seed"] = run_.experiment.seed;
  json["parameters"] = run_.experiment.model.network.parameter_count();
  json["figures"] = figures_json(figures(run_.experiment.model, records_, outcome));
  json["started"] = started_;
  json["finished"] = now_utc();
  json["configuration"] = to_json(run_.resolved);
  for (const SourceFile& file : files) {
    json["data"].push_back({{"path", file.path}, {"sha256", file.sha256}});
  }
  json["program"] = {{"version", provenance_.version},
                     {"commit", provenance_.commit},
                     {"compiler", provenance_.compiler},
                     {"blas", provenance_.blas},
                     {"kernel", provenance_.kernel}};
  json["machine"] = {{"host", provenance_.host}, {"threads", provenance_.threads}};
  write_file(folder_ / "run.json", json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

std::vector<RunRow> run_rows(const fs::path& folder, const Sweep& sweep) {
  std::vector<RunRow> rows;
  for (const Run& run : sweep.runs) {
    RunRow row{run.folder, {}, run.experiment.seed, {}, {}, {}};
    for (const std::string& field : sweep.fields) row.fields.push_back(run.value(field));
    auto json = read_run_json(folder / run.folder);
    if (json && !compare(*json, run).empty()) json.reset();  // another configuration's figures
    if (json) {
      row.status = (*json)["status"].get<std::string>();
      row.message = (*json)["message"].get<std::string>();
    }
    for (const std::string& column : figure_columns(run.experiment.model)) {
      row.figures.push_back(json ? figure_text((*json)["figures"], column) : std::string());
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace nnrun

#include "experiment/run_state.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "experiment/damage.h"
#include "experiment/run_files.h"
#include "experiment/run_json.h"
#include "experiment/summary.h"

namespace nnrun {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

/// What makes a run what it is: everything but what it is called, and how often it is saved.
nlohmann::json identity(Json configuration) {
  for (const char* key : {"name", "description", "checkpoint"}) configuration.erase(key);
  return nlohmann::json(configuration).flatten();
}

std::string shown(const nlohmann::json& flat, const std::string& key) {
  return flat.contains(key) ? printable(flat[key].dump()) : std::string("absent");
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
  return differences(identity(json["configuration"]), identity(Json::parse(run.configuration)));
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

/// Nothing for a folder that is not of this grid and holds no run.json of nnrun: it says nothing
/// about this experiment.
std::optional<Json> run_json_if_any(const fs::path& folder) {
  try {
    return read_run_json(folder);
  } catch (const Error& error) {
    spdlog::debug("passed over: {}", error.what());
    return std::nullopt;
  }
}

/// What run.json and checkpoints say alike.
void read_facts(const Json& json, const Run& run, RunState& state) {
  for (const Json& file : json["data"]) {
    state.checksums.push_back(file["sha256"].get<std::string>());
  }
  state.program = json["program"].dump();
  state.differences = compare(json, run);
  if (!state.differences.empty()) state.kind = RunState::Kind::kOther;
}

/// Where a paused run goes on: at its start if its checkpoint is not whole or another's.
Position position_of_paused(const fs::path& folder, const Run& run) {
  try {
    const auto stored = read_checkpoint(folder);
    if (!stored || !compare(stored->head().facts, run).empty()) return {};
    check_resumable(folder, *stored, run);
    return stored->head().position;
  } catch (const Damage& error) {
    spdlog::debug("{}", error.what());
    return {};
  }
}

void read_ended(const fs::path& folder, const Json& json, const Run& run, RunState& state) {
  state.ended = true;
  state.status = json["status"].get<std::string>();
  state.message = json["message"].get<std::string>();
  for (const std::string& column : figure_columns(run.experiment.model)) {
    state.figures.push_back(figure_text(json["figures"], column));
  }
  state.sha256 = json["sha256"].get<std::string>();
  state.metrics_sha256 = json["files"].value("metrics.csv", std::string());
  read_facts(json, run, state);
  if (state.kind == RunState::Kind::kOther) return;
  state.differences = damages(folder, json);
  const bool failed = state.status == "failed";
  state.kind = !state.differences.empty() ? RunState::Kind::kDamaged
               : failed                   ? RunState::Kind::kFailed
                                          : RunState::Kind::kFinished;
  if (state.kind != RunState::Kind::kFinished || !json.contains("paused_at")) return;
  state.paused_at = json["paused_at"].get<std::size_t>();
  state.position = position_of_paused(folder, run);
}

void read_interrupted(const fs::path& folder, const StoredCheckpoint& stored, const Run& run,
                      RunState& state) {
  state.status = "interrupted";
  state.position = stored.head().position;
  state.metrics_size = stored.head().metrics_size;
  read_facts(stored.head().facts, run, state);
  if (state.kind == RunState::Kind::kOther) return;
  check_resumable(folder, stored, run);
  state.kind = RunState::Kind::kInterrupted;
}

RunState look_at(const fs::path& of_run, const Run& run) {
  RunState state;
  try {
    auto json = read_run_json(of_run);
    const auto stored = json ? std::nullopt : read_checkpoint(of_run);
    // Who trains it may have ended it between these two looks.
    if (!json && !stored) json = read_run_json(of_run);
    if (json) read_ended(of_run, *json, run, state);
    if (stored) read_interrupted(of_run, *stored, run, state);
  } catch (const Damage& error) {
    state = {};
    std::error_code unknown;
    state.ended = fs::exists(fs::symlink_status(of_run / "run.json", unknown));
    state.kind = RunState::Kind::kDamaged;
    state.differences = {error.what()};
  }
  return state;
}

bool same_damage(const RunState& one, const RunState& other) {
  return one.kind == other.kind && one.sha256 == other.sha256 &&
         one.differences == other.differences;
}

}  // namespace

RunState run_state(const fs::path& folder, const Run& run) {
  RunState state = look_at(folder / run.folder, run);
  // Another process may replace the run while its files are read: only what stays so is damage.
  while (state.kind == RunState::Kind::kDamaged) {
    const RunState before = std::exchange(state, look_at(folder / run.folder, run));
    if (same_damage(before, state)) break;
  }
  return state;
}

std::vector<RunState> run_states(const fs::path& folder, const Sweep& sweep) {
  std::vector<RunState> states;
  for (const Run& run : sweep.runs) states.push_back(run_state(folder, run));
  return states;
}

bool is_still_finished(const fs::path& run_folder, const RunState& state) {
  if (state.kind != RunState::Kind::kFinished) return false;
  try {
    const auto json = read_run_json(run_folder);
    return json && (*json)["sha256"] == state.sha256;
  } catch (const Damage&) {
    return false;
  }
}

std::vector<std::string> data_differences(const RunState& state,
                                          const std::vector<std::string>& now) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < std::max(state.checksums.size(), now.size()); ++i) {
    const std::string before = i < state.checksums.size() ? state.checksums[i] : "absent";
    const std::string after = i < now.size() ? now[i] : "absent";
    if (before == after) continue;
    lines.push_back(fmt::format("data[{}].sha256: was {}, now {}", i, printable(before), after));
  }
  return lines;
}

std::vector<std::string> program_differences(const RunState& state, const Provenance& now) {
  return differences(nlohmann::json::parse(state.program).flatten(),
                     nlohmann::json(program_json(now)).flatten());
}

std::vector<ChangedRun> changed_outside_grid(const fs::path& folder, const Sweep& sweep) {
  std::set<std::string> grid;
  for (const Run& run : sweep.runs) grid.insert(run.folder);
  const auto now = identity(Json::parse(sweep.runs.front().configuration));
  std::vector<ChangedRun> changed;
  for (const fs::path& other : entries_of(folder)) {
    if (fs::is_symlink(other) || grid.contains(other.filename().string())) continue;
    const auto json = run_json_if_any(other);
    if (!json) continue;
    auto swept = (*json)["fields"].get<std::vector<std::string>>();
    swept.insert(swept.end(), sweep.fields.begin(), sweep.fields.end());
    const auto lines =
        differences(without(identity((*json)["configuration"]), swept), without(now, swept));
    if (lines.empty()) continue;
    changed.push_back({other, fmt::format("{}: finished with another configuration:\n    {}",
                                          printable(other.string()), fmt::join(lines, "\n    "))});
  }
  return changed;
}

}  // namespace nnrun

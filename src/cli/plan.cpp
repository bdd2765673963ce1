#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "base/text.h"
#include "cli/command.h"
#include "experiment/run_lock.h"
#include "report/table.h"

namespace nnrun {

namespace {

std::string state_text(const RunState& state, const std::string& holder) {
  const std::string how = state.ended ? "finished" : "interrupted";
  switch (state.kind) {
    case RunState::Kind::kFinished:
    case RunState::Kind::kFailed: return state.status;
    case RunState::Kind::kOther: return how + " with another configuration";
    case RunState::Kind::kDamaged: return how + ", but damaged";
    case RunState::Kind::kInterrupted:
    case RunState::Kind::kMissing: break;
  }
  if (!holder.empty()) return "in training: " + holder;
  if (state.kind == RunState::Kind::kMissing) return "to train";
  return fmt::format("interrupted at epoch {}", state.position.epoch);
}

/// What every run has; a field that is swept stands among the swept ones already.
std::vector<std::pair<std::string, std::string>> facts(const Sweep& sweep, const Run& run) {
  std::vector<std::pair<std::string, std::string>> all = {
      {"seed", std::to_string(run.experiment.seed)},
      {"epochs", std::to_string(run.experiment.epochs)}};
  std::erase_if(all, [&](const auto& fact) {
    return std::find(sweep.fields.begin(), sweep.fields.end(), fact.first) != sweep.fields.end();
  });
  all.emplace_back("parameters", std::to_string(run.experiment.model.network.parameter_count()));
  all.emplace_back("memory", byte_size(static_cast<double>(run_bytes(run.experiment))));
  return all;
}

void print_sweep(const Sweep& sweep, const RunOptions& options) {
  std::vector<std::vector<std::string>> rows = {{"run"}};
  for (const std::string& field : sweep.fields) rows[0].push_back(field);
  for (const auto& [name, value] : facts(sweep, sweep.runs.front())) rows[0].push_back(name);
  rows[0].emplace_back("state");
  for (const Run& run : sweep.runs) {
    std::vector<std::string> row = {run.folder};
    for (const std::string& field : sweep.fields) row.push_back(run.value(field));
    for (const auto& [name, value] : facts(sweep, run)) row.push_back(value);
    const auto folder = options.results / sweep.name;
    row.push_back(options.fresh
                      ? state_text({}, "")
                      : state_text(run_state(folder, run), RunLock::holder(folder / run.folder)));
    rows.push_back(std::move(row));
  }
  fmt::print("{}: {}, {} run{}\n{}", sweep.source, sweep.name, sweep.runs.size(),
             sweep.runs.size() == 1 ? "" : "s", table(rows));
}

}  // namespace

Command plan_command() {
  return {
      "plan", "the expanded grid as a table: runs, parameters, memory, what is finished",
      "Examples:\n"
      "  nnrun plan configs/task3_lr_sweep.yaml\n"
      "  nnrun plan configs/task2_hidden_layer.yaml --set network.0.dense.units=[16,64,256]\n\n"
      "memory: parameters and gradients of a run, and activations of a thread. Beside them the data\n"
      "set stays in memory as bytes, and in the sparse form once more what of it is not zero: up to\n"
      "one and a half times as much, on MNIST half as much.\n",
      [](CLI::App& app) {
        auto input = std::make_shared<FileArguments>();
        auto options = std::make_shared<RunOptions>();
        input->declare(app);
        declare_results(app, *options);
        return [input, options] {
          for (const Sweep& sweep : load_sweeps(input->files, input->overrides)) {
            print_sweep(sweep, *options);
          }
          return ExitStatus::kDone;
        };
      }};
}

}  // namespace nnrun

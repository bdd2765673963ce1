#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <span>
#include <utility>

#include "base/parallel.h"
#include "base/text.h"
#include "cli/command.h"
#include "experiment/memory_estimate.h"
#include "experiment/run_bytes.h"
#include "experiment/run_lock.h"
#include "report/output_format.h"

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

/// The state of a run, and what `nnrun run` does with it where that is not told by it.
std::string treatment_text(const Sweep& sweep, const Run& run, const RunOptions& options,
                           const Provenance& now) {
  if (options.fresh) return state_text({}, "");
  const auto folder = options.results / sweep.name;
  const RunState state = run_state(folder, run);
  const std::string holder = RunLock::holder(folder / run.folder);
  const std::string text = state_text(state, holder);
  if (treatment(state, options) == Treatment::kReplace) return text + "; to train anew";
  const bool refused = !program_refusal(folder / run.folder, state, now, options).empty();
  return refused && holder.empty() ? text + " by another program" : text;
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
  all.emplace_back("memory", byte_size(run_bytes(run.experiment)));
  return all;
}

std::vector<std::string> plan_row(const OutputTable& table, const Sweep& sweep, const Run& run,
                                  const RunOptions& options, const Provenance& now) {
  std::map<std::string, std::string> cells = {{"experiment", sweep.name},
                                              {"run", run.folder},
                                              {"trial", std::to_string(run.trial + 1)},
                                              {"state", treatment_text(sweep, run, options, now)}};
  for (const SweptField& field : run.fields) cells[field.path] = field.value;
  for (const auto& [name, value] : facts(sweep, run)) cells[name] = value;
  std::vector<std::string> row;
  for (const std::string& column : whole_names(table)) row.push_back(cells[column]);
  return row;
}

/// A row for each run that is meant. The table of several files has their names, and the fields of all.
OutputTable plan_table(std::span<const Sweep> sweeps, const RunOptions& options,
                       const Provenance& now) {
  OutputTable table;
  const bool several = sweeps.size() > 1;
  if (several) table.columns.push_back({.name = "experiment", .key = true});
  table.columns.push_back({.name = "run", .key = true});
  const auto add = [&](const std::string& name) {
    const auto names = whole_names(table);
    if (std::find(names.begin(), names.end(), name) != names.end()) return;
    table.columns.push_back({.name = name, .numbers = true});
  };
  for (const Sweep& sweep : sweeps) {
    if (sweep.search != nullptr) add("trial");
    for (const std::string& field : sweep.fields) add(field);
  }
  for (const Sweep& sweep : sweeps) {
    for (const auto& [name, value] : facts(sweep, sweep.runs.front())) add(name);
  }
  table.columns.push_back({.name = "state"});
  for (const Sweep& sweep : sweeps) {
    for (const Run& run : sweep.runs) {
      if (run.chosen) table.rows.push_back(plan_row(table, sweep, run, options, now));
    }
  }
  return table;
}

void print_sweep(const Sweep& sweep, const RunOptions& options, const Provenance& now) {
  const auto table = plan_table(std::span(&sweep, 1), options, now);
  fmt::print("{}: {}, {}\n{}", printable(sweep.source), sweep.name,
             counted(table.rows.size(), "run"), to_text(table, OutputFormat::kTable));
}

/// The peak of training what is not finished.
void print_memory(const std::vector<Sweep>& sweeps, const RunOptions& options) {
  std::vector<RunRef> to_train;
  for (std::size_t s = 0; s < sweeps.size(); ++s) {
    for (std::size_t r = 0; r < sweeps[s].runs.size(); ++r) {
      if (!sweeps[s].runs[r].chosen) continue;
      const auto folder = options.results / sweeps[s].name;
      const auto what = treatment(run_state(folder, sweeps[s].runs[r]), options);
      const bool stays = what == Treatment::kSkip || what == Treatment::kLeaveFailed;
      if (!stays) to_train.push_back({s, r});
    }
  }
  if (to_train.empty()) return;
  const auto estimate = estimate_memory(sweeps, to_train, thread_count(options.threads));
  fmt::print("{}\n", memory_line(estimate, available_memory()));
}

}  // namespace

Command plan_command() {
  return {
      "plan", "the expanded grid as a table: runs, parameters, memory, what is finished",
      "Examples:\n"
      "  nnrun plan configs/task3_lr_sweep.yaml\n"
      "  nnrun plan configs/task2_hidden_layer.yaml --set network.0.dense.units=[16,64,256]\n"
      "  nnrun plan configs/task3_lr_sweep.yaml --retry diverged\n"
      "  nnrun plan configs/task3_lr_sweep.yaml --format csv\n\n"
      "memory in the table is what a run adds: its parameters, their gradients and what the optimizer\n"
      "remembers. The line below it is the peak of training what is not finished, data sets included;\n"
      "'nnrun run' stops where that is more than available, unless --allow-swap is given.\n",
      [](CLI::App& app) {
        auto input = std::make_shared<SweepArguments>();
        auto format = std::make_shared<OutputFormat>(OutputFormat::kTable);
        auto options = std::make_shared<RunOptions>();
        input->declare(app);
        declare_results(app, *options);
        declare_threads(app, *options);
        declare_kernel(app);
        declare_treatment(app, *options);
        declare_format(app, *format);
        return [input, options, format] {
          const auto sweeps = input->load();
          const Provenance now = provenance(thread_count(options->threads));
          if (*format != OutputFormat::kTable) {
            fmt::print("{}", to_text(plan_table(sweeps, *options, now), *format));
            return ExitStatus::kDone;
          }
          for (const Sweep& sweep : sweeps) print_sweep(sweep, *options, now);
          print_memory(sweeps, *options);
          return ExitStatus::kDone;
        };
      }};
}

}  // namespace nnrun

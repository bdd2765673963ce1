#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <span>
#include <utility>

#include "base/parallel.h"
#include "base/tell.h"
#include "base/text.h"
#include "cli/command.h"
#include "experiment/goals.h"
#include "experiment/memory_estimate.h"
#include "experiment/run_bytes.h"
#include "experiment/run_lock.h"
#include "report/output_format.h"
#include "report/state_text.h"

namespace nnrun {

namespace {

/// A sweep as its folder stands.
struct PlannedSweep {
  const Sweep* sweep;
  std::vector<RunState> states;
  std::vector<std::size_t> goals;
};

std::vector<PlannedSweep> standings(const std::vector<Sweep>& sweeps, const RunOptions& options) {
  std::vector<PlannedSweep> all;
  for (const Sweep& sweep : sweeps) {
    const auto folder = options.results / sweep.name;
    auto states =
        options.fresh ? std::vector<RunState>(sweep.runs.size()) : run_states(folder, sweep);
    auto goals = run_goals(folder, sweep, states);
    all.push_back({&sweep, std::move(states), std::move(goals)});
  }
  return all;
}

/// The state of a run, and what `nnrun run` does with it where that is not told by it.
std::string treatment_text(const PlannedSweep& standing, std::size_t run, const RunOptions& options,
                           const Provenance& now) {
  const RunState& state = standing.states[run];
  const std::size_t goal = standing.goals[run];
  if (options.fresh) return state_text(state, "");
  const auto folder = options.results / standing.sweep->name / standing.sweep->runs[run].folder;
  const std::string holder = RunLock::holder(folder);
  const std::string text = state_text(state, holder);
  const auto what = treatment(state, options, goal);
  if (what == Treatment::kReplace) return text + "; to train anew";
  if (state.paused_at && what == Treatment::kTrain) {
    return fmt::format("{}, goes on to {}", text, goal);
  }
  const bool refused = !program_refusal(folder, state, now, options, goal).empty();
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

/// A column of each name that is not there yet.
void add_columns(OutputTable& table, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    const auto known = whole_names(table);
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    table.columns.push_back({.name = name, .numbers = true});
  }
}

/// The columns of a table over these sweeps; over several their names too, and the fields of all.
std::vector<OutputColumn> plan_columns(std::span<const PlannedSweep> all) {
  OutputTable table;
  if (all.size() > 1) table.columns.push_back({.name = "experiment", .key = true});
  table.columns.push_back({.name = "run", .key = true});
  for (const PlannedSweep& each : all) {
    if (each.sweep->search != nullptr) add_columns(table, {"trial"});
    add_columns(table, each.sweep->fields);
  }
  for (const PlannedSweep& each : all) {
    std::vector<std::string> names;
    for (const auto& [name, value] : facts(*each.sweep, each.sweep->runs.front()))
      names.push_back(name);
    add_columns(table, names);
  }
  table.columns.push_back({.name = "state"});
  return table.columns;
}

/// A row for each run that is meant.
OutputTable plan_table(std::span<const PlannedSweep> all, const RunOptions& options,
                       const Provenance& now) {
  OutputTable table{plan_columns(all), {}};
  const auto names = whole_names(table);
  for (const PlannedSweep& each : all) {
    for (std::size_t r = 0; r < each.sweep->runs.size(); ++r) {
      const Run& run = each.sweep->runs[r];
      if (!run.chosen) continue;
      std::map<std::string, std::string> cells = {{"experiment", each.sweep->name},
                                                  {"run", run.folder},
                                                  {"trial", std::to_string(run.trial + 1)},
                                                  {"state", treatment_text(each, r, options, now)}};
      for (const SweptField& field : run.fields) cells[field.path] = field.value;
      for (const auto& [name, value] : facts(*each.sweep, run)) cells[name] = value;
      auto& row = table.rows.emplace_back();
      for (const std::string& name : names) row.push_back(cells[name]);
    }
  }
  return table;
}

void print_sweep(const PlannedSweep& standing, const RunOptions& options, const Provenance& now) {
  const auto table = plan_table(std::span(&standing, 1), options, now);
  fmt::print("{}: {}, {}\n{}", printable(standing.sweep->source), standing.sweep->name,
             counted(table.rows.size(), "run"), to_text(table, OutputFormat::kTable));
}

/// The peak of training what is not finished.
void print_memory(const std::vector<Sweep>& sweeps, std::span<const PlannedSweep> all,
                  const RunOptions& options) {
  std::vector<RunRef> to_train;
  for (std::size_t s = 0; s < all.size(); ++s) {
    for (std::size_t r = 0; r < sweeps[s].runs.size(); ++r) {
      if (!sweeps[s].runs[r].chosen) continue;
      const auto what = treatment(all[s].states[r], options, all[s].goals[r]);
      const bool stays = what == Treatment::kSkip || what == Treatment::kLeaveFailed;
      if (!stays) to_train.push_back({s, r});
    }
  }
  if (to_train.empty()) return;
  const auto estimate = estimate_memory(sweeps, to_train, thread_count(options.threads));
  fmt::print("{}\n", memory_line(estimate, available_memory()));
  const std::string limit = limit_text(sweeps, to_train, estimate);
  if (!limit.empty()) tell(limit + "\n'nnrun run' refuses this\n");
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
          const auto all = standings(sweeps, *options);
          if (*format != OutputFormat::kTable) {
            fmt::print("{}", to_text(plan_table(all, *options, now), *format));
            return ExitStatus::kDone;
          }
          for (const PlannedSweep& each : all) print_sweep(each, *options, now);
          print_memory(sweeps, all, *options);
          return ExitStatus::kDone;
        };
      }};
}

}  // namespace nnrun

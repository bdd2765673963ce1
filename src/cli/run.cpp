#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/interrupt.h"
#include "base/ranks.h"
#include "base/text.h"
#include "cli/command.h"
#include "experiment/tables.h"
#include "report/summary_table.h"

namespace nnrun {

namespace {

struct RunArguments {
  SweepArguments input;
  TrainingArguments training;
};

std::string summary(const Sweep& sweep, const std::vector<RunRow>& rows) {
  return fmt::format("{}{}\n", rows.size() > 1 ? "* best of its column\n" : "",
                     summary_table(sweep, rows));
}

std::string summary_of_chosen(const Sweep& sweep, std::vector<RunRow> rows) {
  const auto is_chosen = [](const Run& run) { return run.chosen; };
  if (std::all_of(sweep.runs.begin(), sweep.runs.end(), is_chosen)) return summary(sweep, rows);
  Sweep chosen;
  std::vector<RunRow> of_chosen;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (!sweep.runs[r].chosen) continue;
    chosen.runs.push_back(sweep.runs[r]);
    of_chosen.push_back(std::move(rows[r]));
  }
  // Of several files --only may choose nothing in one.
  return of_chosen.empty() ? std::string() : summary(chosen, of_chosen);
}

ExitStatus run(const RunArguments& arguments) {
  const auto& results = arguments.training.options.results;
  join_ranks();
  std::vector<Sweep> sweeps;
  ranks().together([&] { sweeps = arguments.input.load(); });
  if (is_empty_share(sweeps, arguments.input.share)) return ExitStatus::kDone;
  const ExitStatus status = arguments.training.train(sweeps, pages_of(sweeps, results));
  if (arguments.training.quiet || stop_signal() != 0 || !ranks().is_first()) return status;
  for (const Sweep& sweep : sweeps) {
    const auto folder = results / sweep.name;
    auto rows = run_rows(sweep, run_states(folder, sweep));
    fmt::print("{}", summary_of_chosen(sweep, std::move(rows)));
    fmt::print("{}\n", printable((folder / "runs.csv").string()));
    if (arguments.training.report) {
      fmt::print("{}\n", printable((folder / "report.html").string()));
    }
  }
  return status;
}

}  // namespace

Command run_command() {
  return {
      "run",
      "train every run of these experiments; skip what is finished, continue what was interrupted",
      "Examples:\n"
      "  nnrun configs/task3_lr_sweep.yaml\n"
      "  nnrun run configs/task1_*.yaml --results /tmp/results\n"
      "  nnrun configs/task3_multiclass.yaml --set epochs=100 --set learning_rate=0.7\n"
      "  nnrun configs/task3_lr_sweep.yaml --set 'learning_rate=[0.1, 0.2]' --set name=mine\n"
      "  nnrun configs/task3_lr_sweep.yaml --only learning_rate=0.7\n"
      "  nnrun configs/task3_lr_sweep.yaml --shard 0/2        one of two machines; the other: 1/2\n"
      "  nnrun configs/task3_lr_sweep.yaml --only-tables      when both have ended\n",
      [](CLI::App& app) {
        auto arguments = std::make_shared<RunArguments>();
        arguments->input.declare(app);
        arguments->training.declare(app);
        return [arguments] { return run(*arguments); };
      }};
}

}  // namespace nnrun

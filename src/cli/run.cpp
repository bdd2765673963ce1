#include <fmt/format.h>

#include <memory>

#include "base/interrupt.h"
#include "base/text.h"
#include "cli/command.h"
#include "experiment/tables.h"
#include "report/summary_table.h"

namespace nnrun {

namespace {

struct Arguments {
  FileArguments input;
  TrainingArguments training;
};

ExitStatus run(const Arguments& arguments) {
  const auto& results = arguments.training.options.results;
  const auto sweeps = load_sweeps(arguments.input.files, arguments.input.overrides);
  const ExitStatus status = arguments.training.train(sweeps, pages_of(sweeps, results));
  if (arguments.training.quiet || stop_signal() != 0) return status;
  for (const Sweep& sweep : sweeps) {
    const auto folder = results / sweep.name;
    fmt::print("{}{}\n", sweep.runs.size() > 1 ? "* best of its column\n" : "",
               summary_table(sweep, run_rows(sweep, run_states(folder, sweep))));
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
      "  nnrun configs/task3_lr_sweep.yaml --set 'learning_rate=[0.1, 0.2]' --set name=mine\n",
      [](CLI::App& app) {
        auto arguments = std::make_shared<Arguments>();
        arguments->input.declare(app);
        arguments->training.declare(app);
        return [arguments] { return run(*arguments); };
      }};
}

}  // namespace nnrun

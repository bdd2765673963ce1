#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "experiment/tables.h"
#include "report/progress.h"
#include "report/summary_table.h"

namespace nnrun {

namespace {

struct Arguments {
  FileArguments input;
  RunOptions options;
  bool quiet = false;
  bool no_progress = false;
  bool verbose = false;
};

ExitStatus run(const Arguments& arguments) {
  if (arguments.verbose) spdlog::set_level(spdlog::level::debug);
  const auto sweeps = load_sweeps(arguments.input.files, arguments.input.overrides);
  ExitStatus status = ExitStatus::kDone;
  {
    Progress progress(sweeps,
                      progress_mode(arguments.quiet, arguments.no_progress || arguments.verbose));
    status = run_sweeps(sweeps, arguments.options, progress);
  }
  if (arguments.quiet) return status;
  for (const Sweep& sweep : sweeps) {
    const auto folder = arguments.options.results / sweep.name;
    fmt::print("{}{}\n", sweep.runs.size() > 1 ? "* best of its column\n" : "",
               summary_table(sweep, run_rows(sweep, run_states(folder, sweep))));
    fmt::print("{}\n", printable((folder / "runs.csv").string()));
  }
  return status;
}

}  // namespace

Command run_command() {
  return {"run", "train every run of these experiments; skip what is finished",
          "Examples:\n"
          "  nnrun configs/task3_lr_sweep.yaml\n"
          "  nnrun run configs/task1_*.yaml --results /tmp/results\n"
          "  nnrun configs/task3_multiclass.yaml --set epochs=100 --set learning_rate=0.7\n"
          "  nnrun configs/task3_lr_sweep.yaml --set 'learning_rate=[0.1, 0.2]' --set name=mine\n",
          [](CLI::App& app) {
            auto arguments = std::make_shared<Arguments>();
            arguments->input.declare(app);
            declare_results(app, arguments->options);
            declare_threads(app, arguments->options);
            declare_kernel(app);
            app.add_flag("--fail-fast", arguments->options.fail_fast,
                         "stop at the first run that fails");
            auto* quiet = app.add_flag("-q,--quiet", arguments->quiet, "print nothing but errors");
            app.add_flag("-v,--verbose", arguments->verbose,
                         "tell on standard error what is done and how long it takes")
                ->excludes(quiet);
            app.add_flag("--no-progress", arguments->no_progress,
                         "no live display: one line for each run");
            return [arguments] { return run(*arguments); };
          }};
}

}  // namespace nnrun

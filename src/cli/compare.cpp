#include "report/compare.h"

#include <fmt/format.h>

#include <memory>

#include "cli/command.h"

namespace nnrun {

namespace {

struct Arguments {
  std::vector<std::string> folders;
  OutputFormat format = OutputFormat::kTable;
  bool all = false;
};

ExitStatus run(const Arguments& arguments) {
  const auto runs = read_runs({arguments.folders.begin(), arguments.folders.end()}, Keep::kFigures);
  const bool is_table = arguments.format == OutputFormat::kTable;
  if (is_table && runs.size() > 1) fmt::print("* best of its column\n");
  fmt::print("{}", to_text(compare(runs, arguments.all || !is_table), arguments.format));
  return ExitStatus::kDone;
}

}  // namespace

Command compare_command() {
  return {"compare", "finished runs side by side: what differs in them, and what came out",
          "Examples:\n"
          "  nnrun compare results/task3_lr_sweep\n"
          "  nnrun compare results/task1_single_neuron/run results/task2_lr_sweep --all\n"
          "  nnrun compare results/task1_lr_sweep results/task2_lr_sweep --format csv\n",
          [](CLI::App& app) {
            auto arguments = std::make_shared<Arguments>();
            app.add_option("DIR", arguments->folders,
                           "folders of results: an experiment's or a run's")
                ->required();
            declare_format(app, arguments->format);
            app.add_flag("--all", arguments->all,
                         "every figure of runs.csv, as csv, json and markdown always have");
            return [arguments] { return run(*arguments); };
          }};
}

}  // namespace nnrun

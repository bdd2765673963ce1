#include "report/compare.h"

#include <fmt/format.h>

#include <memory>

#include "cli/command.h"
#include "report/remarks.h"

namespace nnrun {

namespace {

struct Arguments {
  std::vector<std::string> folders;
  OutputFormat format = OutputFormat::kTable;
  bool all = false;
};

std::string remarks_below(const OutputTable& table, const std::vector<StoredRun>& runs) {
  std::vector<std::string> names;
  std::vector<std::string> messages;
  for (std::size_t r = 0; r < runs.size(); ++r) {
    names.push_back(table.rows[r].front());
    messages.push_back(runs[r].message);
  }
  return remark_lines(names, messages);
}

ExitStatus run(const Arguments& arguments) {
  auto runs = read_runs({arguments.folders.begin(), arguments.folders.end()}, Keep::kFigures);
  std::vector<StoredRun*> all;
  for (StoredRun& run : runs) all.push_back(&run);
  add_comparisons(all);
  const bool is_table = arguments.format == OutputFormat::kTable;
  if (is_table && runs.size() > 1) fmt::print("* best of its column\n");
  const OutputTable table = compare(runs, arguments.all || !is_table);
  fmt::print("{}", to_text(table, arguments.format));
  if (is_table && !arguments.all) fmt::print("{}", remarks_below(table, runs));
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

#include "report/compare.h"

#include <fmt/format.h>

#include <memory>

#include "cli/command.h"
#include "config/path.h"
#include "report/remarks.h"
#include "report/run_groups.h"

namespace nnrun {

namespace {

struct Arguments {
  std::vector<std::string> folders;
  std::vector<std::string> groups;
  std::string sort;
  OutputFormat format = OutputFormat::kTable;
  bool reverse = false;
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
  OutputTable table =
      arguments.groups.empty() ? whole_comparison(runs) : compare_groups(runs, arguments.groups);
  const bool tells = is_table && !arguments.all && arguments.groups.empty();
  const std::string remarks = tells ? remarks_below(table, runs) : std::string();
  if (!arguments.sort.empty()) {
    sort_rows(table, Path::parse(arguments.sort).text(), arguments.reverse);
  }
  if (is_table && !arguments.all) table = without_details(table);
  if (is_table && table.rows.size() > 1) fmt::print("* best of its column\n");
  fmt::print("{}{}", to_text(table, arguments.format), remarks);
  return ExitStatus::kDone;
}

}  // namespace

Command compare_command() {
  return {
      "compare", "finished runs side by side: what differs in them, and what came out",
      "Examples:\n"
      "  nnrun compare results/task3_lr_sweep\n"
      "  nnrun compare results/task1_single_neuron/run results/task2_lr_sweep --all\n"
      "  nnrun compare results/task1_lr_sweep results/task2_lr_sweep --format csv\n"
      "  nnrun compare results/task3_lr_sweep --sort test_accuracy --reverse\n"
      "  nnrun compare results/task3_seeds --group learning_rate\n\n"
      "Columns to sort by have the names of --format csv. --group makes one row of the runs that have\n"
      "the same value of a setting, as of those with several seeds: how many they are, and of each\n"
      "figure the mean, the standard deviation (n - 1) and the best. Runs that diverged are counted,\n"
      "and left out of these.\n",
      [](CLI::App& app) {
        auto arguments = std::make_shared<Arguments>();
        app.add_option("DIR", arguments->folders, "folders of results: an experiment's or a run's")
            ->required();
        declare_format(app, arguments->format);
        app.add_option("--group", arguments->groups,
                       "one row for each value of this setting; repeatable")
            ->type_name("SETTING")
            ->allow_extra_args(false);
        auto* sort = app.add_option("--sort", arguments->sort,
                                    "order of the rows: smallest of this column first")
                         ->type_name("COLUMN");
        app.add_flag("--reverse", arguments->reverse, "largest of --sort first")->needs(sort);
        app.add_flag("--all", arguments->all,
                     "every figure of runs.csv, as csv, json and markdown always have");
        return [arguments] { return run(*arguments); };
      }};
}

}  // namespace nnrun

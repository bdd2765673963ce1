#include "report/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "config/path.h"
#include "report/remarks.h"
#include "report/repeat_table.h"
#include "report/repeats.h"
#include "report/run_groups.h"

namespace nnrun {

namespace {

struct CompareArguments {
  std::vector<std::string> folders;
  std::vector<std::string> groups;
  std::string sort;
  OutputFormat format = OutputFormat::kTable;
  bool reverse = false;
  bool all = false;
  bool runs = false;  ///< each, also where they are repeats
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

/// Messages are of runs, which this table has not.
std::string remarks_of_repeats(const std::vector<StoredRun>& runs) {
  const auto count = static_cast<std::size_t>(std::count_if(
      runs.begin(), runs.end(), [](const StoredRun& run) { return !run.message.empty(); }));
  if (count == 0) return {};
  return fmt::format("\n{} with a message; see --runs\n", counted(count, "run"));
}

void sort(OutputTable& table, const CompareArguments& arguments) {
  if (arguments.sort.empty()) return;
  sort_rows(table, Path::parse(arguments.sort).text(), arguments.reverse);
}

/// `head` and `remarks` stand around a table for readers.
void print(const OutputTable& table, const CompareArguments& arguments, const std::string& head,
           const std::string& remarks) {
  if (arguments.format != OutputFormat::kTable) {
    fmt::print("{}", to_text(table, arguments.format));
    return;
  }
  fmt::print("{}{}{}", head,
             to_text(arguments.all ? table : without_details(table), OutputFormat::kTable),
             arguments.all ? std::string() : remarks);
}

void compare_points(const std::vector<StoredRun>& runs, const CompareArguments& arguments) {
  RepeatTable repeats = compare_repeats(runs);
  sort(repeats.table, arguments);
  const bool is_table = arguments.format == OutputFormat::kTable;
  print(is_table ? marked(repeats) : repeats.table, arguments, marks_text(repeats),
        remarks_of_repeats(runs));
}

void compare_rows(const std::vector<StoredRun>& runs, const CompareArguments& arguments) {
  const bool groups = !arguments.groups.empty();
  OutputTable table = groups ? compare_groups(runs, arguments.groups) : whole_comparison(runs);
  const std::string remarks = groups ? std::string() : remarks_below(table, runs);
  sort(table, arguments);
  print(table, arguments, table.rows.size() > 1 ? "* best of its column\n" : "", remarks);
}

ExitStatus run(const CompareArguments& arguments) {
  auto runs = read_runs({arguments.folders.begin(), arguments.folders.end()}, Keep::kFigures);
  std::vector<StoredRun*> all;
  for (StoredRun& run : runs) all.push_back(&run);
  add_comparisons(all);
  const bool points = !arguments.runs && arguments.groups.empty() && have_repeats(runs);
  points ? compare_points(runs, arguments) : compare_rows(runs, arguments);
  return ExitStatus::kDone;
}

void declare(CLI::App& app, CompareArguments& arguments) {
  app.add_option("DIR", arguments.folders, "folders of results: an experiment's or a run's")
      ->required();
  declare_format(app, arguments.format);
  auto* each =
      app.add_flag("--runs", arguments.runs, "a row for each run, also where some are repeats");
  app.add_option("--group", arguments.groups, "one row for each value of this setting; repeatable")
      ->type_name("SETTING")
      ->allow_extra_args(false)
      ->excludes(each);
  auto* sort =
      app.add_option("--sort", arguments.sort, "order of the rows: smallest of this column first")
          ->type_name("COLUMN");
  app.add_flag("--reverse", arguments.reverse, "largest of --sort first")->needs(sort);
  app.add_flag("--all", arguments.all,
               "every figure of runs.csv, as csv, json and markdown always have");
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
      "  nnrun compare results/task3_seeds\n"
      "  nnrun compare results/task3_seeds --runs\n"
      "  nnrun compare results/task3_seeds --group learning_rate\n\n"
      "Runs that differ in nothing but their seed, or their fold, are the repeats of one grid point, and\n"
      "make one row: of each figure the mean ± the standard deviation (n - 1), with '*' after the best\n"
      "mean and '=' after those that do not differ from it. That is tested over pairs of runs with the\n"
      "same seed and fold: Student's paired t test, two-sided, at 5 %, with Holm's correction for all\n"
      "that are held against one best. The other formats have mean, sd, n, the ends of the mean's 95 %\n"
      "interval (low, high) and the corrected p of the test as columns of their own.\n\n"
      "Columns to sort by have the names of --format csv. --group makes one row of the runs that have\n"
      "the same value of a setting, whatever else they differ in: how many they are, and of each\n"
      "figure the mean, the standard deviation (n - 1) and the best. Runs that diverged are counted,\n"
      "and left out of these.\n",
      [](CLI::App& app) {
        auto arguments = std::make_shared<CompareArguments>();
        declare(app, *arguments);
        return [arguments] { return run(*arguments); };
      }};
}

}  // namespace nnrun

#include "report/summary_table.h"

#include <algorithm>
#include <string>
#include <vector>

#include "experiment/summary.h"
#include "support.h"

namespace nnrun {

using namespace test;

namespace {

Run run_named(const std::string& folder) {
  Run run;
  run.folder = folder;
  run.experiment.model.metrics.push_back({"accuracy", make_from<Metric>("accuracy"), {"accuracy"}});
  return run;
}

/// A row whose figures are all empty but the ones given.
RunRow row(const Run& run, const std::string& status,
           const std::vector<std::pair<std::string, std::string>>& figures) {
  RunRow made{run.folder, {}, 1, status, "", {}};
  for (const std::string& column : figure_columns(run.experiment.model)) {
    made.figures.emplace_back();
    for (const auto& [name, value] : figures) {
      if (name == column) made.figures.back() = value;
    }
  }
  return made;
}

}  // namespace

TEST_CASE("summary_table: the lowest loss and the highest accuracy are marked") {
  Sweep sweep;
  sweep.runs = {run_named("a"), run_named("b"), run_named("c")};
  const std::string text = summary_table(
      sweep, {row(sweep.runs[0], "completed", {{"test_loss", "0.25"}, {"test_accuracy", "0.5"}}),
              row(sweep.runs[1], "completed", {{"test_loss", "0.5"}, {"test_accuracy", "0.75"}}),
              row(sweep.runs[2], "", {})});
  CHECK_EQ(text,
           "                   test\n"
           "run  status        loss     accuracy\n"
           "a    completed     0.2500*  0.5000\n"
           "b    completed     0.5000   0.7500*\n"
           "c    not finished\n");
}

TEST_CASE("summary_table: messages stand below, each with its run") {
  Sweep sweep;
  sweep.runs = {run_named("a"), run_named("b")};
  auto rows = std::vector{row(sweep.runs[0], "completed", {}), row(sweep.runs[1], "diverged", {})};
  rows[1].message = "diverged at epoch 1";
  CHECK_EQ(summary_table(sweep, rows),
           "run  status\n"
           "a    completed\n"
           "b    diverged\n"
           "\nb: diverged at epoch 1\n");
}

TEST_CASE("summary_table: a single run is not marked") {
  Sweep sweep;
  sweep.runs = {run_named("run")};
  CHECK_EQ(summary_table(sweep, {row(sweep.runs[0], "completed", {{"test_loss", "0.25"}})}),
           "                test\n"
           "run  status       loss\n"
           "run  completed  0.2500\n");
}

TEST_CASE("summary_table: no line is wider than a terminal, whatever the names and figures") {
  Sweep sweep;
  sweep.runs = {run_named(std::string(60, 'a'))};
  std::vector<std::pair<std::string, std::string>> figures;
  for (const std::string& name : figure_columns(sweep.runs[0].experiment.model)) {
    figures.emplace_back(name, "1.2e38");
  }
  const std::string text = summary_table(sweep, {row(sweep.runs[0], "diverged", figures)});
  CHECK(contains(text, "1.200e+38"));
  CHECK(contains(text, "\n\n"));  // more than one block
  std::size_t widest = 0;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    widest = std::max(widest, text.find('\n', at) - at);
  }
  CHECK_LE(widest, 100);
}

}  // namespace nnrun

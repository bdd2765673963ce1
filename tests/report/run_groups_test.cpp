#include "report/run_groups.h"

#include <cmath>

#include "report/output_format.h"
#include "stored.h"
#include "support.h"

namespace nnrun {

using namespace test;

namespace {

std::string text(const std::vector<StoredRun>& runs, const std::vector<std::string>& settings) {
  return to_text(without_details(compare_groups(runs, settings)), OutputFormat::kTable);
}

}  // namespace

TEST_CASE("run_groups: seeds are averaged for each value of a setting") {
  const std::vector<StoredRun> runs = {seeded("2", "1", 0.5), seeded("0.5", "1", 0.25),
                                       seeded("2", "2", 0.75), seeded("0.5", "2", 0.25)};
  // Of 0.5 and 0.75: mean 0.625, deviation sqrt(2 * 0.125^2 / 1) = 0.1768.
  CHECK_EQ(text(runs, {"learning_rate"}),
           "                     test accuracy\n"
           "learning_rate  runs  mean     stddev  best\n"
           "            2     2  0.6250*  0.1768  0.7500*\n"
           "          0.5     2  0.2500   0.0000  0.2500\n");
  const auto csv = to_text(compare_groups(runs, {"learning_rate"}), OutputFormat::kCsv);
  CHECK(csv.starts_with("learning_rate,runs,diverged,final_epoch_mean,final_epoch_stddev,"));
  CHECK(contains(csv, "test_accuracy_mean,test_accuracy_stddev,test_accuracy_best"));
  CHECK(contains(csv, "\n2,2,0,3,0,"));
}

TEST_CASE("run_groups: a group of one has no deviation; several settings make groups together") {
  const std::vector<StoredRun> runs = {seeded("2", "1", 0.5), seeded("2", "2", 0.75)};
  CHECK_EQ(text(runs, {"learning_rate", "seed"}),
           "                           test accuracy\n"
           "learning_rate  seed  runs  mean     stddev  best\n"
           "            2     1     1  0.5000           0.5000\n"
           "            2     2     1  0.7500*          0.7500*\n");
}

TEST_CASE("run_groups: what diverged is counted and not averaged") {
  std::vector<StoredRun> runs = {seeded("2", "1", 0.5), seeded("2", "2", 0.75),
                                 seeded("2", "3", std::nan(""))};
  runs[1].status = "diverged";
  CHECK_EQ(text(runs, {"learning_rate"}),
           "                               test accuracy\n"
           "learning_rate  runs  diverged    mean  stddev    best\n"
           "            2     3         1  0.5000          0.5000\n");
}

TEST_CASE(
    "run_groups: a setting is named as in --set or in messages, and may be a part of another") {
  std::vector<StoredRun> runs = {seeded("2", "1", 0.5), seeded("2", "2", 0.75)};
  for (StoredRun& run : runs) run.settings.emplace_back("network[0].dense.units", "2");
  runs[0].settings.emplace_back("optimizer.adam.beta1", "0.9");
  runs[1].settings.emplace_back("optimizer", "lbfgs");
  CHECK(contains(text(runs, {"network.0.dense.units"}), "\nnetwork[0].dense.units  runs"));
  CHECK_EQ(text(runs, {"network[0].dense.units"}), text(runs, {"network.0.dense.units"}));
  const auto optimizers = text(runs, {"optimizer"});
  CHECK(contains(optimizers, "\nadam.beta1=0.9     1  "));
  CHECK(contains(optimizers, "\nlbfgs              1  "));
}

TEST_CASE("run_groups: a setting that no run has is told with the nearest of those that differ") {
  const std::vector<StoredRun> runs = {seeded("2", "1", 0.5), seeded("2", "2", 0.75)};
  CHECK_EQ(error_of([&] { compare_groups(runs, {"sead"}); }),
           "no setting 'sead' in these runs; did you mean 'seed'? they differ in: seed");
  CHECK_EQ(error_of([&] { compare_groups({runs[0]}, {"flower"}); }),
           "no setting 'flower' in these runs; they differ in: none");
}

}  // namespace nnrun

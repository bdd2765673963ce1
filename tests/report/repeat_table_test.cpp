#include "report/repeat_table.h"

#include <algorithm>

#include "core/statistics.h"
#include "report/output_format.h"
#include "stored.h"
#include "support.h"

namespace nnrun {

using namespace test;

namespace {

/// Three seeds at each of three rates: 2 is the best, 1 does not differ from it, 0.5 does.
std::vector<StoredRun> three_rates() {
  return {seeded("2", "1", 0.90),   seeded("2", "2", 0.91),   seeded("2", "3", 0.92),
          seeded("1", "1", 0.91),   seeded("1", "2", 0.90),   seeded("1", "3", 0.91),
          seeded("0.5", "1", 0.50), seeded("0.5", "2", 0.52), seeded("0.5", "3", 0.51)};
}

std::string shown(const RepeatTable& repeats) {
  return to_text(without_details(marked(repeats)), OutputFormat::kTable);
}

}  // namespace

TEST_CASE("repeat_table: a row for each grid point, and what does not differ from the best") {
  const RepeatTable repeats = compare_repeats(three_rates());
  CHECK_EQ(shown(repeats),
           "                      test\n"
           "run                n  accuracy\n"
           "learning_rate=2    3  0.9100 ± 0.0100*\n"
           "learning_rate=1    3  0.9067 ± 0.0058=\n"
           "learning_rate=0.5  3  0.5100 ± 0.0100\n");
  CHECK_EQ(
      marks_text(repeats),
      "mean ± standard deviation over seeds\n"
      "* best of its column · = does not differ from it (paired t test over 3 seeds, two-sided, "
      "Holm, 5 %)\n");
}

TEST_CASE("repeat_table: the other formats have each part, and p with Holm's correction") {
  const RepeatTable repeats = compare_repeats(three_rates());
  const std::string csv = to_text(repeats.table, OutputFormat::kCsv);
  CHECK(csv.starts_with(
      "run,learning_rate,n,diverged,final_epoch_mean,final_epoch_sd,final_epoch_low,"
      "final_epoch_high,final_epoch_n,final_epoch_p,"));
  CHECK(contains(csv,
                 ",test_accuracy_mean,test_accuracy_sd,test_accuracy_low,test_accuracy_high,"
                 "test_accuracy_n,test_accuracy_p,"));
  const auto names = whole_names(repeats.table);
  const auto column = static_cast<std::size_t>(
      std::find(names.begin(), names.end(), "test_accuracy_p") - names.begin());
  const auto p = [&](std::size_t row) { return repeats.table.rows[row][column]; };
  CHECK_EQ(p(0), "");
  // Differences of 0.5 and 2: -0.40, -0.39, -0.41; of two tests the smaller p counts twice.
  const double expected = 2 * paired_t_test({-0.40, -0.39, -0.41})->p;
  CHECK_EQ(std::stod(p(2)), doctest::Approx(expected));
  CHECK_EQ(std::stod(p(1)), doctest::Approx(paired_t_test({0.01, -0.01, -0.01})->p));
}

TEST_CASE("repeat_table: pairs are runs of one seed, not of one place") {
  // As three_rates, in another order: with other pairs, the differences would vary more than the means do.
  std::vector<StoredRun> runs;
  for (int i = 1; i <= 4; ++i) runs.push_back(seeded("2", std::to_string(i), 0.5 + 0.1 * i));
  for (int i = 4; i >= 1; --i) {
    runs.push_back(seeded("1", std::to_string(i), 0.49 + 0.1 * i + 0.001 * (i % 2)));
  }
  CHECK_EQ(shown(compare_repeats(runs)),
           "                    test\n"
           "run              n  accuracy\n"
           "learning_rate=2  4  0.7500 ± 0.1291*\n"
           "learning_rate=1  4  0.7405 ± 0.1288\n");
}

TEST_CASE("repeat_table: what diverged is counted; a single run has no deviation and no test") {
  auto runs = three_rates();
  runs[3].curves.figures["test_accuracy"] = 0.905;
  for (std::size_t r = 4; r < 6; ++r) runs[r].status = "diverged";
  runs[8].status = "diverged";
  const RepeatTable repeats = compare_repeats(runs);
  CHECK_EQ(shown(repeats),
           "                                test\n"
           "run                n  diverged  accuracy\n"
           "learning_rate=2    3         0  0.9100 ± 0.0100*\n"
           "learning_rate=1    1         2  0.9050\n"
           "learning_rate=0.5  2         1  0.5100 ± 0.0141\n");
  CHECK(contains(marks_text(repeats), "(paired t test over 2 seeds,"));
  CHECK(contains(
      marks_text(repeats),
      "\nnot tested, as fewer than two seeds are also those of the best: learning_rate=1\n"));
}

TEST_CASE("repeat_table: where all of one grid point diverged it has no figures") {
  auto runs = three_rates();
  for (std::size_t r = 6; r < 9; ++r) runs[r].status = "diverged";
  CHECK(contains(shown(compare_repeats(runs)), "\nlearning_rate=0.5  0         3\n"));
}

TEST_CASE("repeat_table: runs without repeats stand beside those that have some") {
  std::vector<StoredRun> runs = {seeded("2", "1", 0.5), seeded("2", "2", 0.75)};
  StoredRun alone = seeded("1", "1", 0.25);
  alone.experiment = "other";
  alone.name = "run";
  alone.fields = {};
  alone.folder = "results/other/run";
  runs.push_back(alone);
  const RepeatTable repeats = compare_repeats(runs);
  CHECK(contains(shown(repeats), "\ne/learning_rate=2  "));
  CHECK(contains(shown(repeats), "0.6250 ± 0.1768*\n"));
  CHECK(contains(shown(repeats), "\nother/run          "));
  CHECK(contains(shown(repeats), "  0.2500\n"));
  CHECK_FALSE(contains(marks_text(repeats), "paired"));
}

TEST_CASE("repeat_table: one grid point alone has no best and no marks") {
  const RepeatTable repeats = compare_repeats({seeded("2", "1", 0.5), seeded("2", "2", 0.75)});
  CHECK(contains(shown(repeats), "0.6250 ± 0.1768\n"));
  CHECK_EQ(marks_text(repeats), "mean ± standard deviation over seeds\n");
}

}  // namespace nnrun

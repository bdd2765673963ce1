#include "experiment/aggregate.h"

#include <algorithm>

#include "base/text.h"
#include "core/statistics.h"
#include "experiment/bench.h"
#include "experiment/csv.h"
#include "experiment/grid_points.h"
#include "experiment/run_status.h"
#include "experiment/stored_run.h"

namespace nnrun {
namespace {

using namespace test;

namespace fs = std::filesystem;

/// Two learning rates, three seeds each, the seed first: a grid point's runs do not stand together.
std::string with_seeds(const Bench& bench, const std::string& rates = "[0.5, 1]") {
  return with(with_rates(rates, bench.folder), "seed: 3", "grid: {seed: [3, 4, 5]}");
}

/// The cells of a table by row, the header first.
std::vector<std::vector<std::string>> table(const Bench& bench, const std::string& name) {
  const std::string text = bench.file(name);
  std::vector<std::vector<std::string>> rows;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    rows.push_back(csv_cells(std::string_view(text).substr(at, end - at)));
    at = end + 1;
  }
  return rows;
}

std::size_t column(const std::vector<std::vector<std::string>>& rows, const std::string& name) {
  const auto found = std::find(rows[0].begin(), rows[0].end(), name);
  REQUIRE(found != rows[0].end());
  return static_cast<std::size_t>(found - rows[0].begin());
}

std::vector<StoredRun> runs_of(const Bench& bench) {
  return read_runs({bench.folder / "results/tiny"}, Keep::kCurves);
}

bool has_tables(const Bench& bench) {
  return fs::exists(bench.folder / "results/tiny/aggregate.csv") ||
         fs::exists(bench.folder / "results/tiny/aggregate_runs.csv");
}

}  // namespace

TEST_CASE("grid_points: equal texts stand together in the order of their first ones") {
  CHECK_EQ(grouped({"b", "a", "b", "c", "a"}), Groups{{0, 2}, {1, 4}, {3}});
  CHECK(grouped({}).empty());
  CHECK(is_repeat_field("seed"));
  CHECK(is_repeat_field("dataset.split.fold"));
  CHECK_FALSE(is_repeat_field("dataset.seed"));
  CHECK(ended_well("stopped_early"));
  CHECK_FALSE(ended_well("diverged"));
}

TEST_CASE("aggregate: the rows are mean, deviation and interval of what the runs have there") {
  Bench bench;
  bench.run(with_seeds(bench));
  const auto rows = table(bench, "aggregate.csv");
  REQUIRE_EQ(rows.size(), 1 + 2 * 4);  // two rates, epochs 0 to 3
  CHECK(bench.file("aggregate.csv")
            .starts_with("learning_rate,epoch,n,diverged,learning_rate_mean,learning_rate_sd,"
                         "learning_rate_low,learning_rate_high,train_loss_mean,"));
  const auto runs = runs_of(bench);
  Statistics expected;
  for (const std::size_t r : {1, 3, 5}) {
    expected.add(runs[r].curves.find("validation_accuracy")->at(2));
  }
  const auto& row = rows[1 + 4 + 2];  // the second rate's, of epoch 2
  CHECK_EQ(row[0], "1");
  CHECK_EQ(row[1], "2");
  CHECK_EQ(row[2], "3");
  CHECK_EQ(row[3], "0");
  const std::size_t first = column(rows, "validation_accuracy_mean");
  CHECK_EQ(row[first], shortest(expected.mean()));
  CHECK_EQ(row[first + 1], shortest(expected.deviation()));
  CHECK_EQ(row[first + 2], shortest(expected.interval()->low));
  CHECK_EQ(row[first + 3], shortest(expected.interval()->high));
}

TEST_CASE("aggregate: a row of each grid point has the figures of runs.csv") {
  Bench bench;
  bench.run(with_seeds(bench));
  const auto rows = table(bench, "aggregate_runs.csv");
  REQUIRE_EQ(rows.size(), 3);
  CHECK(bench.file("aggregate_runs.csv")
            .starts_with("learning_rate,n,diverged,missing,final_epoch_mean,"));
  const auto runs = runs_of(bench);
  Statistics expected;
  for (const std::size_t r : {0, 2, 4}) expected.add(runs[r].curves.figures.at("test_loss"));
  const std::size_t first = column(rows, "test_loss_mean");
  CHECK_EQ(rows[1][first], shortest(expected.mean()));
  CHECK_EQ(rows[1][first + 1], shortest(expected.deviation()));
  CHECK_EQ(rows[1][1], "3");
}

TEST_CASE("aggregate: the bytes are the same at any number of threads and after a crash") {
  Bench one;
  Bench other;
  RunOptions options;
  options.threads = 1;
  one.run(with_seeds(one), options);
  other.crash(with_seeds(other), 9);
  options.threads = 3;
  other.run(with_seeds(other), options);
  for (const char* name : {"aggregate.csv", "aggregate_runs.csv"}) {
    CHECK_EQ(one.file(name), other.file(name));
  }
}

TEST_CASE("aggregate: what diverged is counted, and averaged in nothing") {
  Bench bench;
  const std::string linear = with(with_seeds(bench, "[0.5, 1e38]"), "  - softmax\n", "");
  bench.run(with(linear, "loss: cross_entropy", "loss: mean_squared_error"));
  const auto epochs = table(bench, "aggregate.csv");
  CHECK_EQ(epochs.size(), 1 + 4);  // none of the second rate
  CHECK_EQ(epochs[1][3], "0");
  const auto rows = table(bench, "aggregate_runs.csv");
  CHECK_EQ(std::vector(rows[2].begin(), rows[2].begin() + 5),
           std::vector<std::string>{"1e+38", "0", "3", "0", ""});
}

TEST_CASE("aggregate: of one run there is no deviation, and what is not there is missing") {
  Bench bench;
  bench.run(with_seeds(bench, "[0.5]"));
  const auto sweeps = load_sweeps({(bench.folder / "tiny.yaml").string()}, {});
  const auto folder = bench.folder / "results/tiny";
  auto states = run_states(folder, sweeps[0]);
  states[1] = {};
  states[2] = {};
  write_aggregates(folder, sweeps[0], states);
  const auto rows = table(bench, "aggregate_runs.csv");
  const std::size_t first = column(rows, "test_loss_mean");
  CHECK_EQ(std::vector(rows[1].begin(), rows[1].begin() + 4),
           std::vector<std::string>{"0.5", "1", "0", "2"});
  CHECK_EQ(rows[1][first], shortest(runs_of(bench)[0].curves.figures.at("test_loss")));
  for (std::size_t c = first + 1; c < first + 4; ++c) CHECK_EQ(rows[1][c], "");
  CHECK_EQ(table(bench, "aggregate.csv")[1][2], "1");
}

TEST_CASE("aggregate: where runs have no repeats any more the tables go, and a user's own stays") {
  Bench bench;
  bench.run(with_rates("[0.5, 1]", bench.folder));
  CHECK_FALSE(has_tables(bench));
  bench.run(with_seeds(bench));
  CHECK(has_tables(bench));
  bench.run(with(with_seeds(bench), "[3, 4, 5]", "[3]"));
  CHECK_FALSE(has_tables(bench));
  const auto own = bench.folder / "results/tiny/aggregate.csv";
  write_bytes(own, "my,own,notes\n");
  bench.run(with(with_seeds(bench), "[3, 4, 5]", "[3]"));
  CHECK_EQ(read_bytes(own), "my,own,notes\n");
}

}  // namespace nnrun

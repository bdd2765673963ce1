// Searches in the results tree: which trials are trained how far, whatever happens meanwhile.
#include <numeric>

#include "experiment/bench.h"
#include "experiment/csv.h"
#include "experiment/tree_files.h"

namespace nnrun {

using namespace test;

namespace {

std::string search(const TemporaryFolder& folder, const std::string& kind) {
  return with(with_rates("{log: {from: 0.001, to: 10, points: 9}}", folder), "epochs: 3",
              "epochs: 9\nsearch: {" + kind + ": {metric: validation_loss, min_epochs: 1}}");
}

/// Of each run that runs.csv has, its last epoch.
std::vector<std::size_t> last_epochs(const Bench& bench) {
  std::vector<std::size_t> all;
  for (const auto& entry : std::filesystem::directory_iterator(bench.folder / "results/tiny")) {
    if (!entry.is_directory()) continue;
    all.push_back(lines(read_bytes(entry.path() / "metrics.csv")) - 2);
  }
  std::sort(all.begin(), all.end());
  return all;
}

RunOptions on_two_threads() {
  RunOptions options;
  options.threads = 2;
  return options;
}

}  // namespace

TEST_CASE("search: successive halving trains a third of a third to the end") {
  Bench bench;
  const auto seen = bench.run(search(bench.folder, "successive_halving"));
  CHECK_EQ(bench.status, ExitStatus::kDone);
  CHECK(last_epochs(bench) == std::vector<std::size_t>{1, 1, 1, 1, 1, 1, 3, 3, 9});
  CHECK(contains(bench.file("runs.csv"), ",paused at epoch 3 of 9,"));
  CHECK_EQ(lines(bench.file("runs.csv")), 10);
  const auto again = bench.run(search(bench.folder, "successive_halving"));
  CHECK_EQ(again.skipped, 9);
  CHECK_EQ(again.records, 0);
}

TEST_CASE("search: hyperband's brackets begin at different rungs") {
  Bench bench;
  bench.run(search(bench.folder, "hyperband"));
  // 9 trials in brackets of 5 at 1, 3, 9; of 3 at 3, 9; of 1 at 9.
  CHECK(last_epochs(bench) == std::vector<std::size_t>{1, 1, 1, 1, 3, 3, 9, 9, 9});
}

TEST_CASE("search: killed at any record and started again, the tree has the same bytes") {
  Bench whole;
  const auto seen = whole.run(search(whole.folder, "hyperband"));
  const auto expected = files(whole.folder / "results");
  for (std::size_t after = 1; after < seen.records; after += 5) {
    CAPTURE(after);
    Bench bench;
    const auto text = search(bench.folder, "hyperband") + "checkpoint: {every_seconds: 0}\n";
    bench.crash(text, after, on_two_threads());
    bench.run(text, on_two_threads());
    const auto found = files(bench.folder / "results");
    for (const auto& file : expected) {
      const std::string& name = file.first;
      const std::string& content = file.second;
      const bool named_here = name == "tiny/experiment.yaml" || name.ends_with("run.json");
      if (!named_here) CHECK_MESSAGE((found.contains(name) && found.at(name) == content), name);
    }
    CHECK_EQ(found.size(), expected.size());
  }
}

TEST_CASE("search: a trial that stopped at a rung goes on where another file wants it further") {
  Bench bench;
  const auto text = search(bench.folder, "successive_halving");
  bench.run(text);
  const auto of_grid = bench.run(with(text, "search: ", "# search: "));
  CHECK_EQ(of_grid.skipped, 1);
  CHECK(last_epochs(bench) == std::vector<std::size_t>(9, 9));
  Bench grid;
  grid.run(with(search(grid.folder, "successive_halving"), "search: ", "# search: "));
  CHECK_EQ(bench.file("runs.csv"), grid.file("runs.csv"));
  CHECK_EQ(bench.file("epochs.csv"), grid.file("epochs.csv"));
}

TEST_CASE("search: without its checkpoint a stopped trial begins anew, to the same end") {
  Bench bench;
  const auto text = search(bench.folder, "successive_halving");
  bench.run(text);
  for (const auto& entry : std::filesystem::directory_iterator(bench.folder / "results/tiny")) {
    if (entry.is_directory()) std::filesystem::remove_all(entry.path() / "checkpoint");
  }
  bench.run(with(text, "search: ", "# search: "));
  CHECK_EQ(bench.status, ExitStatus::kDone);
  CHECK(last_epochs(bench) == std::vector<std::size_t>(9, 9));
}

TEST_CASE("search: a chosen trial is trained to its end") {
  Bench bench;
  const auto file = write_experiment(bench.folder, "tiny.yaml", search(bench.folder, "hyperband"));
  auto sweeps = load_sweeps({file}, {});
  choose(sweeps, {{"learning_rate=0.001"}, {}});
  Witness witness;
  RunOptions options;
  options.results = bench.folder / "results";
  run_sweeps(sweeps, options, witness);
  CHECK_EQ(witness.trained, 1);
  CHECK_EQ(lines(bench.file("learning_rate=0.001/metrics.csv")), 11);
}

TEST_CASE("search: the mean of its repeats decides on a trial") {
  Bench bench;
  const auto text =
      with(search(bench.folder, "successive_halving"), "search: ", "repeat: 2\nsearch: ");
  bench.run(text);
  CHECK_EQ(bench.status, ExitStatus::kDone);
  CHECK(last_epochs(bench) ==
        std::vector<std::size_t>{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 9, 9});
}

}  // namespace nnrun

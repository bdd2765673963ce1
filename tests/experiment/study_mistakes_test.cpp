// What is said of files whose runs cannot be made out.
#include "experiment/sweeps.h"

namespace nnrun {

using namespace test;

TEST_CASE("study: mistakes are told with their place") {
  struct Row {
    std::string lines;
    std::string message;
  };
  const std::vector<Row> rows = {
      {"zip: {seed: [1, 2]}\ngrid: {seed: [1]}\n",
       "test:12:8: grid.seed: a second axis for seed, which zip.seed has"},
      {"zip: {seed: [1, 2]}\nruns: [{seed: 3}]\n",
       "runs: a second axis for seed, which zip.seed has"},
      {"repeat: 2\nzip: {seed: [1, 2]}\n", "repeat: a second axis for seed, which zip.seed has"},
      {"seed: [1, 2]\nrepeat: 2\n", "repeat: a second axis for seed, which is a list already"},
      {"zip: {network.0: [relu], network.0.dense.units: [3]}\n",
       "zip.network.0.dense.units: a second axis for network[0].dense.units, which zip.network.0 has"},
      {"zip: {seed: [1, 2], batch_size: [1, 2, 3]}\n",
       "test:11:33: zip.batch_size: 3 values, but seed has 2; the columns of zip move together"},
      {"zip: 3\n", "test:11:6: zip: expected dotted paths with lists of values, got 3"},
      {"zip: {seed: 3}\n", "zip.seed: expected a list of values, got 3"},
      {"zip: {batch_siz: [3]}\n", "unknown key 'batch_siz'; did you mean 'batch_size'?"},
      {"zip: {network.7.dense.units: [3]}\n", "there is no network[7].dense.units in the file"},
      {"runs: []\n", "test:11:7: runs: expected a list of rows"},
      {"runs: [3]\n", "test:11:8: runs[0]: expected fields with their values, got 3"},
      {"runs: [{seed: [1, 2]}]\n", "runs[0]: expected one value of seed, got a list"},
      {"runs: [{network.9.dense.units: 3}, {seed: 2}]\n",
       "test:11:32: runs[0]: there is no network[9].dense.units in the file"},
      {"runs: [3, {seed: 2}]\n", "test:11:8: runs[0]: expected fields with their values, got 3"},
      {"zip: {seed: [1, 2]}\nruns: [{seed: 1}, {batch_size: 3}]\n",
       "runs: a second axis for seed, which zip.seed has"},
      {"zip: {}\n", "test:11:6: zip: expected dotted paths with lists of values"},
      {"seed: 9007199254740990\nrepeat: 3\n", "repeat: its last seed would be above"},
      {"seed: {linear: {from: 1, to: 3}}\nsearch: {random: {trials: 3}}\n",
       "seed: repeats are not drawn: give the range points"},
      {"batch_size: [1, 2]\nsearch: {hyperband: {min_epochs: 6}}\n",
       "search: min_epochs: 6, but epochs is 5"},
      {"batch_size: [8, {integers: {from: 1, to: 2}}]\n",
       "test:11:17: batch_size: a range is an axis of its own, no value of another"},
      {"runs: [{name: a}, {name: b}]\n", "runs[0]: one experiment has one name"},
      {"repeat: 2\nseeds: {split: 1, init: 1, order: 1}\n",
       "seeds: fixes all that repeat would vary"},
      {"search: {random: {trials: 100001}}\n", "more than 100000 runs; --yes goes on all the same"},
      {"runs: [{seed: 1}, {seed: 1}]\n", "two runs have the same values: seed=1"},
      {"runs: [{seed: -1}]\n", "test:11:15: seed: expected a whole number"},
      {"grid: {seed: [1, 2], batch_size: [3, 4]}\n"
       "when: {seed: {batch_size: 3}, batch_size: {seed: 1}}\n",
       "when.batch_size: waits for itself: batch_size waits for seed waits for batch_size"},
      {"grid: {seed: [1, 2]}\nwhen: {seed: {seed: 1}}\n",
       "when.seed: waits for itself: seed waits for seed"},
      {"grid: {seed: [1, 2]}\nwhen: {epochs: {seed: 1}}\n", "when.epochs: grid has no such path"},
      {"grid: {seed: [1, 2]}\nwhen: {seed: {sed: 1}}\n", "when.seed: no run has a field sed"},
      {"seed: [1, 2]\nexclude: [{sed: 1}]\n", "exclude[0]: no run has a field sed"},
      {"seed: [1, 2]\nexclude: [{epochs: 5}]\n",
       "test:12:10: exclude: leaves no run: each of 2 is matched by a row"},
      {"seed: [1, 2]\nexclude: {seed: 1}\n", "exclude: expected a list of rows"},
      {"repeat: 0\n", "test:11:9: repeat: expected a whole number from 1 to 100000, got 0"},
      {"vary: [init]\n", "vary: says what repeat varies, but there is no repeat"},
      {"repeat: 2\nvary: [weights]\n",
       "vary: expected split, init or order, each once, got 'weights'"},
      {"repeat: 2\nvary: [init, init]\n", "vary: expected split, init or order, each once"},
      {"repeat: 2\nvary: [init]\nseeds: {init: 3}\n", "vary: seeds are given already"},
      {"seeds: {int: 3}\n", "unknown key 'int'; did you mean 'init'?"},
      {"batch_size: {integers: {from: 3, to: 3}}\n",
       "batch_size.integers.to: expected a number above from, 3"},
      {"batch_size: {integers: {from: 3, to: 300, step: 0}}\n",
       "step: expected a whole number from 1"},
      {"batch_size: {linear: {from: 1, to: 2, points: 3}}\n",
       "expected 'full' or a whole number ≥ 1, got 1.5"},
      {"batch_size: {integers: {from: 1, to: 300000}}\n",
       "300000 numbers; a range has at most 100000"},
      {"grid: {clip_gradient.norm: {log: {from: 0, to: 1, points: 3}}}\n",
       "from: expected a real number > 0, got 0"},
      {"grid: {clip_gradient.norm: {log: {from: 1, to: 2}}}\n",
       "a range without points is for a search"},
      {"grid: {clip_gradient.norm: {log: {from: 1, to: 2, point: 3}}}\n",
       "unknown key 'point'; did you mean 'points'?"},
      {"search: {random: {trials: 0}}\n", "search.random.trials: expected a whole number from 1"},
      {"search: {random: {trials: [1, 2]}}\n", "a search is no axis"},
      {"search: {randon: {trials: 3}}\n", "unknown search 'randon'; did you mean 'random'?"},
      {"seed: [1, 2]\nsearch: {random: {trials: 3}}\n",
       "search: 3 trials, but the axes have 1 point"},
      {"batch_size: [1, 2]\nsearch: {random: {trials: 3}}\n",
       "search: 3 trials, but the axes have 2 points"},
      {"batch_size: [1, 2]\nsearch: {quasi_random: {trials: 3}}\n", "draws only 2 were different"},
      {"batch_size: [1, 2]\nsearch: {hyperband: {metric: validation_los}}\n",
       "metric: 'validation_los' is not measured; did you mean 'validation_loss'?"},
      {"grid: {epochs: [1, 2]}\nsearch: {successive_halving: {}}\n",
       "search: epochs differ between the runs"},
      {"grid: {clip_gradient.norm: {log: {from: 1, to: 2}}}\nsearch: successive_halving\n",
       "search: 'all' needs axes with a finite number of points"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.lines);
    const std::string found = grid_mistakes(kStudyBase + row.lines);
    CAPTURE(found);
    CHECK(contains(found, row.message));
  }
}

TEST_CASE("study: a mistake in another file leaves no search without trials") {
  const TemporaryFolder folder;
  const auto bad = write_experiment(folder, "bad.yaml", kStudyBase + "sed: 1\n");
  const auto drawn = write_experiment(folder, "drawn.yaml",
                                      kBase +
                                          "epochs: 5\nlearning_rate: {log: {from: 0.01, to: 1}}\n"
                                          "search: {random: {trials: 3}}\n");
  const std::string found = error_of([&] { load_sweeps({bad, drawn}, {}); });
  CHECK(contains(found, "unknown key 'sed'"));
}

}  // namespace nnrun

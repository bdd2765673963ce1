#include "experiment/study.h"

#include <nlohmann/json.hpp>
#include <set>

#include "experiment/sweeps.h"

namespace nnrun {

using namespace test;

namespace {

const std::string kStudyBase = kBase + "learning_rate: 1\nepochs: 5\n";

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("study: zip, runs, exclude, when and repeat become runs in the order of the file") {
  struct Row {
    std::string lines;
    Names runs;
  };
  const std::vector<Row> rows = {
      {"zip: {batch_size: [32, 64], network.0.dense.units: [8, 16]}\n",
       {"batch_size=32,network.0.dense.units=8", "batch_size=64,network.0.dense.units=16"}},
      {"seed: [1, 2]\nzip: {batch_size: [32, 64]}\n",
       {"seed=1,batch_size=32", "seed=1,batch_size=64", "seed=2,batch_size=32",
        "seed=2,batch_size=64"}},
      {"zip: {batch_size: [32, 64]}\nseed: [1, 2]\n",
       {"batch_size=32,seed=1", "batch_size=32,seed=2", "batch_size=64,seed=1",
        "batch_size=64,seed=2"}},
      {"runs: [{batch_size: 32}, {batch_size: 64, seed: 4}, {network.1: tanh}]\n",
       {"batch_size=32", "batch_size=64,seed=4", "network.1=tanh"}},
      {"seed: [1, 2, 3]\nbatch_size: [8, 16]\nexclude: [{seed: 2}, {seed: 3, batch_size: 16}]\n",
       {"seed=1,batch_size=8", "seed=1,batch_size=16", "seed=3,batch_size=8"}},
      {"seed: [1, 2, 3]\nexclude: [{seed: [1, 3]}]\n", {"seed=2"}},
      {"grid: {network.0.dense.units: [8, 16], batch_size: [32, 64]}\n"
       "when: {batch_size: {network.0.dense.units: 16}}\n",
       {"network.0.dense.units=8", "network.0.dense.units=16,batch_size=32",
        "network.0.dense.units=16,batch_size=64"}},
      {"repeat: 3\nbatch_size: [32, 64]\n",
       {"batch_size=32,seed=1", "batch_size=32,seed=2", "batch_size=32,seed=3",
        "batch_size=64,seed=1", "batch_size=64,seed=2", "batch_size=64,seed=3"}},
      {"seed: 7\nrepeat: 2\n", {"seed=7", "seed=8"}},
      {"batch_size: {integers: {from: 8, to: 24, step: 8}}\n",
       {"batch_size=8", "batch_size=16", "batch_size=24"}},
      {"grid: {seed: {integers: {from: 3, to: 5}}}\n", {"seed=3", "seed=4", "seed=5"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.lines);
    CHECK(folders(expanded(kStudyBase + row.lines)) == row.runs);
  }
  CHECK(folders(expanded(kBase +
                         "epochs: 5\nlearning_rate: {log: {from: 0.01, to: 10, points: 4}}\n")) ==
        Names{"learning_rate=0.01", "learning_rate=0.1", "learning_rate=1", "learning_rate=10"});
}

TEST_CASE("study: an axis with a condition is where the condition holds, whatever it is made of") {
  const auto sweep = expanded(kBase +
                              "learning_rate: 1\nepochs: 5\noptimizer: [momentum, adam]\n"
                              "grid: {batch_size: [32, 64], clip_gradient: [none, {norm: 1}]}\n"
                              "when:\n"
                              "  clip_gradient: {batch_size: 64, optimizer: adam}\n"
                              "  batch_size: {optimizer: adam}\n");
  CHECK(folders(sweep) == Names{"optimizer=momentum", "optimizer=adam,batch_size=32",
                                "optimizer=adam,batch_size=64,clip_gradient=none",
                                "optimizer=adam,batch_size=64,clip_gradient=norm_1"});
  CHECK(contains(sweep.runs[0].configuration, R"("batch_size":"full")"));
}

TEST_CASE("study: a part of an axis may depend on the whole of it") {
  const Names runs = {"optimizer=gradient_descent",
                      "optimizer=momentum_momentum_0.5,optimizer.momentum.momentum=0.5",
                      "optimizer=momentum_momentum_0.95,optimizer.momentum.momentum=0.95"};
  const std::string when = "when: {optimizer.momentum.momentum: {optimizer: momentum}}\n";
  for (const std::string& axes : {std::string("optimizer: [gradient_descent, momentum]\n"
                                              "grid: {optimizer.momentum.momentum: [0.5, 0.95]}\n"),
                                  std::string("grid: {optimizer: [gradient_descent, momentum], "
                                              "optimizer.momentum.momentum: [0.5, 0.95]}\n"),
                                  std::string("grid: {optimizer.momentum.momentum: [0.5, 0.95], "
                                              "optimizer: [gradient_descent, momentum]}\n")}) {
    CAPTURE(axes);
    const auto sweep = expanded(kStudyBase + axes + when);
    CHECK(folders(sweep) == runs);
    CHECK(folders(expanded(to_yaml(sweep.resolved))) == runs);
  }
}

TEST_CASE("study: rows of runs give a field its value only where they have it") {
  const auto sweep = expanded(kStudyBase + "runs: [{epochs: 7}, {batch_size: 32}]\n");
  CHECK_EQ(sweep.runs[0].experiment.epochs, 7);
  CHECK_EQ(sweep.runs[1].experiment.epochs, 5);
  CHECK_EQ(sweep.runs[1].experiment.feed.batch_size, 32);
  CHECK_EQ(sweep.runs[0].experiment.feed.batch_size, 0);
}

TEST_CASE("study: what is not varied keeps the first seed") {
  const auto sweep = expanded(kStudyBase + "seed: 5\nrepeat: 2\nvary: [init]\n");
  const Experiment& second = sweep.runs[1].experiment;
  CHECK_EQ(second.seed, 6);
  CHECK_EQ(second.init_seed, 6);
  CHECK_EQ(second.feed.split_seed, 5);
  CHECK_EQ(second.feed.order_seed, 5);
  CHECK(contains(sweep.runs[1].configuration, R"("seeds":{"split":5,"order":5})"));
}

TEST_CASE("study: folds are an axis of their own, or one that is chosen") {
  const std::string base = kBase.substr(0, kBase.find("dataset:")) +
                           "dataset: {name: mnist, split: {folds: 3}}\n" +
                           kBase.substr(kBase.find("network:")) + "learning_rate: 1\nepochs: 5\n";
  const auto sweep = expanded(base);
  CHECK(folders(sweep) ==
        Names{"dataset.split.fold=1", "dataset.split.fold=2", "dataset.split.fold=3"});
  CHECK_EQ(sweep.runs[2].experiment.feed.split.fold, 3);
  CHECK_EQ(sweep.runs[2].trial, 0);
  CHECK(folders(expanded(base + "grid: {dataset.split.fold: [2]}\n")) ==
        Names{"dataset.split.fold=2"});
  CHECK(folders(expanded(to_yaml(sweep.resolved))) == folders(sweep));
}

TEST_CASE("study: the resolved document stands for the same runs") {
  for (const std::string lines :
       {"zip: {batch_size: [32, 64], network.1: [tanh, {leaky_relu: {slope: 0.20}}]}\n",
        "runs: [{epochs: 7}, {batch_size: 32, network.0.dense.units: 8}]\n",
        "grid: {network.0.dense.units: [8, 16], batch_size: [32, 64]}\n"
        "when: {batch_size: {network.0.dense.units: 16}}\n",
        "seed: [1, 2, 3]\nexclude: [{seed: 2}]\n", "seed: 4\nrepeat: 3\nvary: [init, order]\n",
        "batch_size: {integers: {from: 8, to: 16, step: 4}}\n",
        "seed: 2\nsearch: {random: {trials: 3}}\nbatch_size: [8, 16, 32, 64]\n",
        "grid: {network.0.dense.weights.normal.stddev: {log: {from: 1.0e-3, to: 0.10}}}\n"
        "search: {quasi_random: {trials: 4}}\n",
        "batch_size: [8, 16, 32]\nsearch: {hyperband: {metric: train_loss}}\n"}) {
    CAPTURE(lines);
    const auto sweep = expanded(kStudyBase + lines);
    const std::string text = to_yaml(sweep.resolved);
    CAPTURE(text);
    const auto again = expanded(text);
    CHECK(folders(again) == folders(sweep));
    CHECK_EQ(to_yaml(again.resolved), text);
    for (std::size_t i = 0; i < sweep.runs.size(); ++i) {
      // Whatever the order of the keys.
      CHECK_EQ(nlohmann::json::parse(again.runs[i].configuration),
               nlohmann::json::parse(sweep.runs[i].configuration));
    }
  }
}

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
       "metric: validation_los is not measured; did you mean 'validation_loss'?"},
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

TEST_CASE("study: random trials of a grid are points of it, none twice, and follow from the seed") {
  const std::string lines =
      "batch_size: {integers: {from: 1, to: 9}}\nsearch: {random: {trials: 5}}\n";
  const auto first = folders(expanded(kStudyBase + lines));
  CHECK_EQ(first.size(), 5);
  CHECK_EQ(std::set<std::string>(first.begin(), first.end()).size(), 5);
  CHECK(folders(expanded(kStudyBase + lines)) == first);
  CHECK(folders(expanded(kStudyBase + "seed: 2\n" + lines)) != first);
}

TEST_CASE("study: trials are drawn between the ends of a range, and each is repeated") {
  const auto sweep = expanded(kBase +
                              "epochs: 5\nlearning_rate: {log: {from: 0.01, to: 10}}\nrepeat: 2\n"
                              "search: {random: {trials: 40}}\n");
  REQUIRE_EQ(sweep.runs.size(), 80);
  std::size_t below = 0;
  for (std::size_t i = 0; i < 80; i += 2) {
    CHECK_EQ(sweep.runs[i].trial, i / 2);
    CHECK_EQ(sweep.runs[i + 1].trial, i / 2);
    const double rate = std::stod(sweep.runs[i].value("learning_rate"));
    CHECK(rate >= 0.01);
    CHECK(rate <= 10);
    CHECK_EQ(sweep.runs[i].value("learning_rate"), sweep.runs[i + 1].value("learning_rate"));
    below += rate < 0.316 ? 1 : 0;  // half of the way by logarithms
  }
  CHECK(below > 10);
  CHECK(below < 30);
}

TEST_CASE("study: quasi-random trials fill a range evenly") {
  const auto sweep = expanded(
      kBase +
      "epochs: 5\nlearning_rate: {linear: {from: 1, to: 9}}\nsearch: {quasi_random: {trials: 16}}\n");
  std::vector<int> in_sixteenth(16);
  for (const Run& run : sweep.runs) {
    const double part = (std::stod(run.value("learning_rate")) - 1) / 8;
    ++in_sixteenth[static_cast<std::size_t>(std::min(15.0, part * 16))];
  }
  for (const int count : in_sixteenth)
    CHECK_EQ(count, 1);  // base 2: one of 16 in each, wherever it is shifted
}

TEST_CASE("study: --only chooses runs by their values, --limit the first of them") {
  std::vector<Sweep> sweeps = {expanded(kStudyBase + "seed: [1, 2, 3]\nbatch_size: [8, 16]\n")};
  const auto chosen = [&](const RunChoice& choice) {
    choose(sweeps, choice);
    Names names;
    for (const Run& run : sweeps[0].runs) {
      if (run.chosen) names.push_back(run.folder);
    }
    return names;
  };
  CHECK_EQ(chosen({}).size(), 6);
  CHECK(chosen({{"seed=2,batch_size=16"}, {}}) == Names{"seed=2,batch_size=16"});
  CHECK(chosen({{"seed=2,batch_size=16", "seed=3,batch_size=8"}, {}}) ==
        Names{"seed=2,batch_size=16", "seed=3,batch_size=8"});
  CHECK_EQ(chosen({{"seed=[1, 3]"}, {}}).size(), 4);
  CHECK(chosen({{"batch_size=8.0"}, 2}) == Names{"seed=1,batch_size=8", "seed=2,batch_size=8"});
  CHECK(chosen({{}, 1}) == Names{"seed=1,batch_size=8"});
}

TEST_CASE("study: a pattern that no run matches is refused") {
  std::vector<Sweep> sweeps = {expanded(kStudyBase)};
  CHECK_EQ(error_of([&] {
             choose(sweeps, {{"seed=9"}, {}});
           }),
           "--only seed=9: no run has these values; 'nnrun plan' shows them all");
  for (const char* text : {"", "seed", "=3", "seed=", "seed=1,,"}) {
    CAPTURE(text);
    CHECK(contains(error_of([&] { choose(sweeps, {{text}, {}}); }), "expected PATH=VALUE,…"));
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

#include "experiment/study.h"

#include <nlohmann/json.hpp>
#include <set>

#include "experiment/sweeps.h"

namespace nnrun {

using namespace test;

namespace {

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

}  // namespace nnrun

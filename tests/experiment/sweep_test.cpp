#include "experiment/sweep.h"

#include "experiment/sweeps.h"

namespace nnrun {

using namespace test;

TEST_CASE("sweep: a file becomes its runs, the last axis fastest") {
  struct Row {
    std::string lines;
    std::vector<std::string> runs;
  };
  const std::vector<Row> rows = {
      {"learning_rate: 0.3\nepochs: 5\n", {"run"}},
      {"learning_rate: [0.3, 2.0]\nepochs: 5\n", {"learning_rate=0.3", "learning_rate=2"}},
      {"learning_rate: [1, 2]\nepochs: [5, 6]\n",
       {"learning_rate=1,epochs=5", "learning_rate=1,epochs=6", "learning_rate=2,epochs=5",
        "learning_rate=2,epochs=6"}},
      {"epochs: [5, 6]\nlearning_rate: [1, 2]\n",
       {"epochs=5,learning_rate=1", "epochs=5,learning_rate=2", "epochs=6,learning_rate=1",
        "epochs=6,learning_rate=2"}},
      {"learning_rate: 1\nepochs: 5\ngrid: {network.0.dense.units: [16, 64]}\n",
       {"network.0.dense.units=16", "network.0.dense.units=64"}},
      {"grid: {network.1: [sigmoid, tanh], seed: [1, 2]}\nlearning_rate: 1\nepochs: 5\n",
       {"network.1=sigmoid,seed=1", "network.1=sigmoid,seed=2", "network.1=tanh,seed=1",
        "network.1=tanh,seed=2"}},
      {"learning_rate: 1\nepochs: 5\ngrid:\n"
       "  network.0.dense.weights: [zeros, {normal: {stddev: 0.1}}, glorot_uniform]\n",
       {"network.0.dense.weights=zeros", "network.0.dense.weights=normal_stddev_0.1",
        "network.0.dense.weights=glorot_uniform"}},
      {"learning_rate: [0.5, {step: {from: 1, every: 2}}, {exponential: {from: 1.0, factor: 0.5}}]\n"
       "epochs: 5\n",
       {"learning_rate=0.5", "learning_rate=step_from_1_every_2",
        "learning_rate=exponential_from_1_factor_0.5"}},
      {"learning_rate: {step: {from: [1, 2], every: 3}}\nepochs: 5\n",
       {"learning_rate.step.from=1", "learning_rate.step.from=2"}},
      {"learning_rate: {multi_step: {from: 1, at: [2, 3]}}\nepochs: 5\n", {"run"}},
      {"learning_rate: 1\nepochs: 5\nclip_gradient: [none, {norm: 1}, {value: 0.5}]\n",
       {"clip_gradient=none", "clip_gradient=norm_1", "clip_gradient=value_0.5"}},
      {"learning_rate: 1\nepochs: 5\noptimizer: [adagrad, {momentum: {momentum: 0.5}}]\n",
       {"optimizer=adagrad", "optimizer=momentum_momentum_0.5"}},
      {"learning_rate: [0.1, {constant: {rate: 0.2, warm_up: 3}}]\nepochs: 5\n"
       "optimizer: [gradient_descent, {gradient_descent: {l2: 1e-3}}]\n",
       {"learning_rate=0.1,optimizer=gradient_descent",
        "learning_rate=0.1,optimizer=gradient_descent_l2_0.001",
        "learning_rate=constant_rate_0.2_warm_up_3,optimizer=gradient_descent",
        "learning_rate=constant_rate_0.2_warm_up_3,optimizer=gradient_descent_l2_0.001"}},
      {"learning_rate: 1\nepochs: 5\ngrid: {metrics: [[accuracy], [mean_squared_error]]}\n",
       {"metrics=accuracy", "metrics=mean_squared_error"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.lines);
    CHECK(folders(expanded(kBase + row.lines)) == row.runs);
  }
}

TEST_CASE("sweep: an axis inside a value of another axis belongs to that value alone") {
  const auto sweep = expanded(kBase +
                              "learning_rate: 1\nepochs: 5\ngrid:\n"
                              "  network.0.dense.bias: [zeros, {constant: {value: [1, 2]}}]\n");
  CHECK(folders(sweep) ==
        std::vector<std::string>{
            "network.0.dense.bias=zeros",
            "network.0.dense.bias=constant_value_1,network.0.dense.bias.constant.value=1",
            "network.0.dense.bias=constant_value_2,network.0.dense.bias.constant.value=2"});
  CHECK(sweep.runs[0].value("network.0.dense.bias.constant.value").empty());
  CHECK_EQ(sweep.runs[2].value("network.0.dense.bias.constant.value"), "2");
}

TEST_CASE("sweep: a mistake in the grid hides no other") {
  const std::string found =
      grid_mistakes(kBase + "learning_rate: -1\nepochs: 5\ngrid: {seed: 3}\n");
  CHECK(contains(found, "grid.seed: expected a list of values, got "));
  CHECK(contains(found, "learning_rate: expected a real number > 0"));
}

TEST_CASE("sweep: the resolved document stands for the same runs") {
  for (const std::string lines :
       {"learning_rate: [0.3, 2.0]\nepochs: [5, 6]\n",
        "grid: {network.1: [sigmoid, tanh], epochs: [5, 6]}\nlearning_rate: [1, 2]\n",
        "learning_rate: 1\nepochs: 5\nbatch_size: [full, 128]\n"}) {
    CAPTURE(lines);
    const auto sweep = expanded(kBase + lines);
    const auto again = expanded(to_yaml(sweep.resolved));
    CHECK(folders(again) == folders(sweep));
    CHECK_EQ(to_yaml(again.resolved), to_yaml(sweep.resolved));
    for (std::size_t i = 0; i < sweep.runs.size(); ++i) {
      CHECK_EQ(again.runs[i].configuration, sweep.runs[i].configuration);
    }
  }
}

TEST_CASE("sweep: every default is written into the resolved document") {
  const auto sweep = expanded(kBase + "learning_rate: 1\nepochs: 5\n");
  const std::string& text = sweep.runs[0].configuration;
  for (const char* part :
       {R"("seed":1)", R"("shuffle":"once")", R"("scale":"unit")", R"("labels":"classes")",
        R"("mean":0)", R"("bias":"zeros")", R"("weights":"glorot_uniform")",
        R"("optimizer":{"gradient_descent":{"l2":0,"weight_decay":0}})",
        R"("batch_size":"full")"}) {
    CAPTURE(part);
    CHECK(contains(text, part));
  }
}

TEST_CASE("sweep: a mistake in one value of an axis has that value's place") {
  CHECK_EQ(grid_mistakes(kBase + "learning_rate: [0.3, -1]\nepochs: 5\n"),
           "test:9:22: learning_rate: expected a real number > 0, got -1");
  CHECK(contains(grid_mistakes(kBase + "learning_rate: 1\nepochs: 5\n"
                                       "grid: {network.2.dense.units: [10, 16]}\n"),
                 "ends with 16 outputs for each sample, but labels 'classes' of mnist need 10"));
}

TEST_CASE("sweep: values that would share a folder are refused") {
  CHECK_EQ(
      grid_mistakes(kBase + "learning_rate: [0.3, 0.30]\nepochs: 5\n"),
      "test:9:22: learning_rate: a second value that makes the folder name 'learning_rate=0.3'");
}

TEST_CASE("sweep: a folder name longer than a file system takes is refused") {
  const std::string text = kBase + "learning_rate: 1\nepochs: 5\ngrid: {dataset.dir: [" +
                           std::string(300, 'a') + ", b]}\n";
  CHECK(
      contains(grid_mistakes(text), "folder name would have 312 bytes, at most 255 are possible"));
}

TEST_CASE("sweep: a name is no axis") {
  CHECK(
      contains(grid_mistakes("name: [a, b]\n" + kBase.substr(8) + "learning_rate: 1\nepochs: 5\n"),
               "test:1:7: name: one experiment has one name"));
}

TEST_CASE("sweep: a grid too large is refused before it fills the memory") {
  std::string seeds = "1";
  for (int i = 2; i <= 400; ++i) seeds += ", " + std::to_string(i);
  const std::string text =
      kBase + "learning_rate: 1\nepochs: [" + seeds + "]\nseed: [" + seeds + "]\n";
  CHECK(contains(grid_mistakes(text), "more than 100000 runs; --yes goes on all the same"));
  // 400^4 points: what is not refused at once takes minutes and gigabytes.
  std::string axes;
  for (const char* key : {"epochs", "seed", "batch_size", "learning_rate"}) {
    axes += std::string(key) + ": [" + seeds + "]\n";
  }
  CHECK(contains(grid_mistakes(kBase + axes), "more than 100000 runs; --yes goes on all the same"));
}

TEST_CASE("sweep: an axis of thousands of values is not copied for each of them") {
  std::string values = "1";
  for (int i = 2; i <= 20000; ++i) values += ", " + std::to_string(i);
  CHECK_EQ(expanded(kBase + "learning_rate: 1\nepochs: 1\nseed: [" + values + "]\n").runs.size(),
           20000);
  CHECK_EQ(expanded(kBase + "learning_rate: 1\ngrid: {epochs: [" + values + "]}\n").runs.size(),
           20000);
}

TEST_CASE("sweep: mistakes in grid are told with their place") {
  const std::string rest = "learning_rate: [1, 2]\nepochs: 5\n";
  struct Row {
    std::string grid;
    std::string message;
  };
  const std::vector<Row> rows = {
      {"grid: 3\n", "test:11:7: grid: expected dotted paths with lists of values, got 3"},
      {"grid: {epochs: 3}\n", "test:11:16: grid.epochs: expected a list of values, got 3"},
      {"grid: {epochs: []}\n", "grid.epochs: expected a list of values, got an empty list"},
      {"grid: {learning_rate: [3]}\n",
       "test:11:8: grid.learning_rate: a second axis for learning_rate, which is a list already"},
      {"grid: {network.7.dense.units: [3]}\n",
       "grid.network.7.dense.units: there is no network[7].dense.units in the file"},
      {"grid: {epoch: [3]}\n", "unknown key 'epoch'; did you mean 'epochs'?"},
      {"grid: {grid.epochs: [3]}\n", "there is no grid.epochs in the file"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.grid);
    const std::string found = grid_mistakes(kBase + rest + row.grid);
    CAPTURE(found);
    CHECK(contains(found, row.message));
  }
}

TEST_CASE("sweep: a grid does not replace an axis of names") {
  CHECK(contains(
      grid_mistakes(kBase.substr(0, kBase.find("loss:")) +
                    "loss: [cross_entropy, mean_squared_error]\nlearning_rate: 1\nepochs: 5\n"
                    "grid: {loss: [mean_squared_error]}\n"),
      "grid.loss: a second axis for loss, which is a list already"));
}

TEST_CASE("sweep: of two leaves set one after the other the last one counts") {
  const TemporaryFolder folder;
  const auto file = write_experiment(folder, "t.yaml", kBase + "learning_rate: 1\nepochs: 5\n");
  const std::string weights = "network.2.dense.weights.";
  const auto sweeps =
      load_sweeps({file}, {weights + "uniform.low=-0.1", weights + "normal.stddev=0.5"});
  CHECK(contains(sweeps[0].runs[0].configuration, R"("weights":{"normal":{"stddev":0.5)"));
}

TEST_CASE("sweep: two files of one name are refused together") {
  const TemporaryFolder folder;
  write_tiny_data(folder);
  const auto a = write_experiment(folder, "a.yaml", tiny_experiment(folder));
  const auto b = write_experiment(folder, "b.yaml", tiny_experiment(folder));
  CHECK_EQ(error_of([&] { load_sweeps({a, b}, {}); }), b + ": has the same name 'tiny' as " + a);
}

TEST_CASE("sweep: the mistakes of all files are told together") {
  const TemporaryFolder folder;
  write_tiny_data(folder);
  const auto a = write_experiment(folder, "a.yaml", tiny_experiment(folder, "epoch: 1\n"));
  const auto b = write_experiment(folder, "b.yaml", tiny_experiment(folder, "sed: 1\n"));
  const std::string found = error_of([&] { load_sweeps({a, b}, {}); });
  CHECK(contains(found, a + ":19:1: unknown key 'epoch'"));
  CHECK(contains(found, b + ":19:1: unknown key 'sed'"));
}

}  // namespace nnrun

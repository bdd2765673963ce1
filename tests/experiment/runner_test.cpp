#include "experiment/runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "experiment/bench.h"

namespace nnrun {

using namespace test;

TEST_CASE("runner: a grid leaves the results tree that is promised") {
  Bench bench;
  const auto witness = bench.run(with_rates("[0.5, 1]", bench.folder));
  CHECK_EQ(bench.status, ExitStatus::kDone);
  CHECK_EQ(witness.records, 2 * 4);  // rows 0 to 3 of two runs
  const std::filesystem::path tree = bench.folder / "results/tiny";
  for (const char* run : {"learning_rate=0.5", "learning_rate=1"}) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(tree / run)) {
      names.push_back(std::filesystem::relative(entry.path(), tree / run).string());
    }
    std::sort(names.begin(), names.end());
    CHECK(names == std::vector<std::string>{"confusion.csv", "metrics.csv", "run.json",
                                            "timing.csv", "weights", "weights/0.dense.bias.npy",
                                            "weights/0.dense.weights.npy"});
  }
  const std::string metrics = bench.file("learning_rate=1/metrics.csv");
  CHECK(metrics.starts_with(
      "epoch,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy\n0,1,"));
  CHECK_EQ(lines(metrics), 5);
  CHECK_EQ(lines(bench.file("learning_rate=1/timing.csv")), 5);
  CHECK_EQ(lines(bench.file("runs.csv")), 3);
  const std::string epochs = bench.file("epochs.csv");
  CHECK(
      epochs.starts_with("run,learning_rate,seed,epoch,train_loss,train_accuracy,validation_loss,"
                         "validation_accuracy\nlearning_rate=0.5,0.5,3,0,"));
  CHECK_EQ(lines(epochs), 9);
}

TEST_CASE("runner: running statistics are saved with the weights") {
  Bench bench;
  const std::string text =
      with(tiny_experiment(bench.folder), "  - softmax", "  - batch_norm\n  - softmax");
  bench.run(text);
  CHECK_EQ(bench.status, ExitStatus::kDone);
  std::string all;
  for (const char* name : {"scale", "shift", "running_mean", "running_variance"}) {
    const std::string file = bench.file(fmt::format("run/weights/1.batch_norm.{}.npy", name));
    CHECK(contains(file, "'shape': (3,)"));
    all += file.substr(file.size() - 3 * sizeof(Scalar));
  }
  CHECK_NE(all.substr(24, 12), std::string(12, '\0'));  // the mean has moved from 0
  CHECK_EQ(bench.run(text).skipped, 1);
}

TEST_CASE("runner: run.json says what ran, on what, and with which outcome") {
  Bench bench;
  bench.run(tiny_experiment(bench.folder));
  const auto json = nlohmann::json::parse(bench.file("run/run.json"));
  CHECK_EQ(json["status"], "completed");
  CHECK_EQ(json["configuration"]["network"][0]["dense"]["weights"], "glorot_uniform");
  CHECK_EQ(json["configuration"]["optimizer"]["gradient_descent"]["l2"], 0);
  CHECK_EQ(json["data"].size(), 4);
  CHECK_EQ(json["data"][0]["sha256"].get<std::string>().size(), 64);
  CHECK_EQ(json["figures"]["final_epoch"], 3);
  CHECK(json["figures"].contains("test_accuracy"));
  for (const char* key : {"version", "commit", "compiler", "blas", "kernel"}) {
    CHECK_FALSE(json["program"][key].get<std::string>().empty());
  }
}

TEST_CASE("runner: a value that a metric does not have is an empty cell and no divergence") {
  // One sample to validate on: there is no pair to be put in order.
  Bench bench;
  const std::string text = with(tiny_experiment(bench.folder), "validation: 100", "validation: 1");
  const auto witness = bench.run(with(text, "[accuracy]", "[auc_roc]"));
  CHECK_FALSE(witness.outcomes.at(0).diverged);
  std::istringstream metrics(bench.file("run/metrics.csv"));
  std::string line;
  std::getline(metrics, line);
  CHECK(line.ends_with(",train_auc_roc,validation_loss,validation_auc_roc"));
  while (std::getline(metrics, line)) CHECK(line.ends_with(","));
  CHECK(contains(bench.file("runs.csv"), "final_validation_auc_roc"));
  const auto json = nlohmann::json::parse(bench.file("run/run.json"));
  CHECK_EQ(json["status"], "completed");
  CHECK(json["figures"].contains("test_auc_roc"));
  CHECK_FALSE(json["figures"].contains("final_validation_auc_roc"));
  CHECK_FALSE(json["figures"].contains("best_validation_auc_roc"));
}

TEST_CASE("runner: the confusion matrix counts every test sample in its true row") {
  Bench bench;
  bench.run(tiny_experiment(bench.folder));
  std::istringstream text(bench.file("run/confusion.csv"));
  std::string line;
  std::getline(text, line);
  CHECK_EQ(line, "true\\predicted,0,1,2");
  for (int row = 0; row < 3; ++row) {
    std::getline(text, line);
    int label = -1;
    int sum = 0;
    std::istringstream cells(line);
    std::string cell;
    std::getline(cells, cell, ',');
    label = std::stoi(cell);
    while (std::getline(cells, cell, ',')) sum += std::stoi(cell);
    CHECK_EQ(label, row);
    CHECK_EQ(sum, 20);
  }
}

TEST_CASE("runner: experiment.yaml runs again as it stands") {
  Bench bench;
  bench.run(with_rates("[0.5, 1]", bench.folder));
  const std::string resolved = bench.file("experiment.yaml");
  CHECK_EQ(bench.run(resolved).skipped, 2);
  CHECK_EQ(bench.file("experiment.yaml"), resolved);
}

TEST_CASE("runner: the same bytes at any number of threads, alone and in a grid") {
  for (const char* batch : {"batch_size: full\n", "batch_size: 70\n", "batch_size: 200\n"}) {
    CAPTURE(batch);
    std::vector<std::string> found;
    for (const std::size_t threads : {1, 2, 3, 8}) {
      for (const char* rates : {"[1]", "[0.5, 1, 2]"}) {
        Bench bench;
        RunOptions options;
        options.threads = threads;
        bench.run(with_rates(rates, bench.folder) + batch, options);
        found.push_back(bench.file("learning_rate=1/metrics.csv") +
                        bench.file("learning_rate=1/weights/0.dense.weights.npy") +
                        bench.file("learning_rate=1/weights/0.dense.bias.npy"));
      }
    }
    for (const std::string& bytes : found) CHECK(bytes == found.front());
  }
}

TEST_CASE("runner: runs that see the same samples train together, others apart") {
  Bench bench;
  const auto witness = bench.run(with_rates("[0.5, 1]", bench.folder) + "batch_size: [full, 50]\n");
  CHECK(witness.groups == std::vector<std::size_t>{2, 2});
}

TEST_CASE("runner: a run that diverges is a result, and the sweep goes on") {
  Bench bench;
  const std::string text = with(with_rates("[1e38, 0.5]", bench.folder), "loss: cross_entropy",
                                "loss: mean_squared_error");
  const std::string linear = with(text, "  - softmax\n", "");
  bench.run(linear);
  CHECK_EQ(bench.status, ExitStatus::kDone);
  const auto diverged = nlohmann::json::parse(bench.file("learning_rate=1e+38/run.json"));
  CHECK_EQ(diverged["status"], "diverged");
  CHECK(contains(diverged["message"].get<std::string>(), "went non-finite first"));
  CHECK_FALSE(
      std::filesystem::exists(bench.folder / "results/tiny/learning_rate=1e+38/confusion.csv"));
  const auto other = nlohmann::json::parse(bench.file("learning_rate=0.5/run.json"));
  CHECK_EQ(other["status"], "completed");
  const std::string runs = bench.file("runs.csv");
  CHECK(contains(runs, "learning_rate=1e+38,1e+38,3,diverged,"));
}

TEST_CASE("runner: nothing is written when the data is missing or damaged") {
  Bench bench;
  write_bytes(bench.folder / "test-labels.gz", "no gzip");
  CHECK(contains(error_of([&] { bench.run(tiny_experiment(bench.folder)); }), "test-labels.gz: "));
  CHECK_FALSE(std::filesystem::exists(bench.folder / "results"));
}

TEST_CASE("runner: two data sets whose long paths begin alike are two data sets") {
  Bench bench;
  const std::string deep(120, 'd');
  const auto copied = [&](const std::string& name, const std::string& last) {
    const auto folder = bench.folder / (deep + "/" + deep + "/" + last);
    std::filesystem::create_directories(folder);
    for (const char* file : {"train-images", "train-labels.gz", "test-images", "test-labels.gz"}) {
      std::filesystem::copy(bench.folder / file, folder / file);
    }
    std::string text = with(tiny_experiment(bench.folder), "name: tiny", "name: " + name);
    for (int i = 0; i < 4; ++i) {
      text = with(text, bench.folder.path().string() + "/t", "@/t");
    }
    for (int i = 0; i < 4; ++i) text = with(text, "@/t", folder.string() + "/t");
    return write_experiment(bench.folder, name + ".yaml", text);
  };
  const auto sweeps = load_sweeps({copied("a", "a"), copied("b", "b")}, {});
  CHECK_NE(sweeps[0].runs[0].experiment.data.key, sweeps[1].runs[0].experiment.data.key);
}

TEST_CASE("runner: a folder for data that names its own files is refused") {
  Bench bench;
  const std::string text =
      with(tiny_experiment(bench.folder), "dataset:\n", "dataset:\n  dir: elsewhere\n");
  CHECK(contains(error_of([&] { bench.run(text); }),
                 "dataset.dir: idx is not looked for in folders"));
}

TEST_CASE("runner: after --fresh the same command without it has nothing to do") {
  Bench bench;
  bench.run(with_rates("[0.1, 0.3]", bench.folder));
  const std::string changed = with(with_rates("[0.1]", bench.folder), "epochs: 3", "epochs: 2");
  CHECK(contains(error_of([&] { bench.run(changed); }), "epochs: was 3, now 2"));
  RunOptions fresh;
  fresh.fresh = true;
  bench.run(changed, fresh);
  const Witness again = bench.run(changed);
  CHECK_EQ(again.trained, 0);
  CHECK_EQ(again.skipped, 1);
}

TEST_CASE("runner: a folder that is no run of nnrun's says nothing about the experiment") {
  Bench bench;
  bench.run(with_rates("[0.1]", bench.folder));
  std::filesystem::create_directories(bench.folder / "results/tiny/mine");
  write_bytes(bench.folder / "results/tiny/mine/run.json", "my notes");
  CHECK_EQ(bench.run(with_rates("[0.1, 0.2]", bench.folder)).trained, 1);
}

TEST_CASE("runner: the resolved experiment finds the folders of the file it came from") {
  Bench bench;
  const std::string text =
      with(tiny_experiment(bench.folder), "dense: {units: 3}",
           "dense: {units: 3, weights: [{normal: {stddev: 1e-1}}, zeros, glorot_normal]}");
  bench.run(text);
  const Witness again = bench.run(bench.file("experiment.yaml"));
  CHECK_EQ(again.trained, 0);
  CHECK_EQ(again.skipped, 3);
}

}  // namespace nnrun

// How stop and keep_best are written, and what a run of the tree comes to with them.
#include <nlohmann/json.hpp>

#include "experiment/bench.h"
#include "experiment/edit_run.h"
#include "experiment/trained_run.h"

namespace nnrun {

using namespace test;

namespace {

namespace fs = std::filesystem;

Node document_of(const std::string& more) {
  return parse(
      "name: t\ndataset: {name: {synthetic: {kind: digits}}}\nnetwork: [dense: {units: 10}, softmax]\n"
      "loss: cross_entropy\nlearning_rate: 1\nepochs: 9\nmetrics: [accuracy]\n" +
      more);
}

std::optional<Experiment> read(const std::string& more, std::string& mistakes) {
  Node document = document_of(more);
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  auto experiment = read_experiment(document, reading);
  mistakes = diagnostics.text();
  return experiment;
}

std::string stop_mistakes(const std::string& more) {
  std::string found;
  read(more, found);
  return found;
}

TEST_CASE("stop_spec: rules are read as written") {
  std::string none;
  const auto experiment = read(
      "stop: {early: {metric: validation_accuracy, patience: 3, min_delta: 0.5, restore: best}, "
      "at: {train_loss: 0.25, validation_accuracy: 0.5}, seconds: 2.5}\nkeep_best: train_loss\n",
      none);
  REQUIRE_EQ(none, "");
  const StopRule& stop = experiment->model.stop;
  REQUIRE(stop.early);
  CHECK_EQ(stop.early->metric.name, "validation_accuracy");
  CHECK(stop.early->metric.of_validation);
  CHECK_EQ(stop.early->metric.measure, 1);
  CHECK(stop.early->metric.more_is_better);
  CHECK_EQ(stop.early->patience, 3);
  CHECK_EQ(stop.early->min_delta, 0.5);
  CHECK(stop.restores_best());
  REQUIRE_EQ(stop.at.size(), 2);
  CHECK_EQ(stop.at[0].metric.name, "train_loss");
  CHECK_FALSE(stop.at[0].metric.more_is_better);
  CHECK_EQ(stop.at[1].value, 0.5);
  CHECK_EQ(stop.seconds, 2.5);
  CHECK_EQ(experiment->model.keep_best->name, "train_loss");
}

TEST_CASE("stop_spec: mistakes have their place and what would be right") {
  CHECK(contains(stop_mistakes("stop: {early: {metric: validation_acuracy, patience: 3}}\n"),
                 "stop.early.metric: 'validation_acuracy' is not measured; did you mean "
                 "'validation_accuracy'? measured: train_loss, train_accuracy, "));
  CHECK(contains(stop_mistakes("stop: {at: {test_loss: 3}}\n"),
                 "stop.at.test_loss: 'test_loss' is not"));
  CHECK(contains(stop_mistakes("keep_best: loss\n"), "keep_best: 'loss' is not measured"));
  CHECK(contains(stop_mistakes("stop: {early: {metric: train_loss, patience: 0}}\n"),
                 "stop.early.patience: expected a whole number from 1 to 1000000000, got 0"));
  CHECK(contains(stop_mistakes("stop: {early: {metric: train_loss, patience: 1, min_delta: -1}}\n"),
                 "stop.early.min_delta: expected a real number ≥ 0"));
  CHECK(
      contains(stop_mistakes("stop: {}\n"), "stop: expected one or more of early, at and seconds"));
  CHECK(contains(stop_mistakes("stop: {erly: 3}\n"), "unknown key 'erly'; did you mean 'early'?"));
  CHECK(
      contains(stop_mistakes("stop: {seconds: 0}\n"), "stop.seconds: expected a real number > 0"));
}

TEST_CASE("stop_spec: columns of validation samples need some") {
  Node document = document_of("stop: {early: {metric: validation_loss, patience: 1}}\n");
  REQUIRE(Path::parse("dataset.split").assign(document, parse("{train: 1.0, validation: 0}")));
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  read_experiment(document, reading);
  CHECK(
      contains(diagnostics.text(), "validation_loss: dataset.split leaves no samples to validate"));
}

nlohmann::ordered_json run_json(const Bench& bench, const std::string& run) {
  return nlohmann::ordered_json::parse(bench.file(run + "/run.json"));
}

TEST_CASE("stop_spec: a run that is stopped says so, and its rule can be swept") {
  Bench bench;
  const std::string text =
      with(tiny_experiment(bench.folder), "epochs: 3", "epochs: 9") +
      "stop: {early: {metric: validation_loss, patience: [1, 9], min_delta: 100, restore: best}}\n";
  CHECK_EQ(bench.run(text).failure, "");
  const auto json = run_json(bench, "stop.early.patience=1");
  CHECK_EQ(json["status"], "stopped_early");
  CHECK(
      contains(json["message"].get<std::string>(),
               "stopped at epoch 1: validation_loss has not improved by more than 100 since epoch "
               "0, when it was "));
  CHECK_EQ(json["figures"]["final_epoch"], 1);
  CHECK_EQ(json["figures"]["weights_epoch"], 0);
  const auto whole = run_json(bench, "stop.early.patience=9");
  CHECK_EQ(whole["status"], "completed");
  CHECK_EQ(whole["figures"]["weights_epoch"], 0);
  CHECK_EQ(whole["figures"]["test_loss"], json["figures"]["test_loss"]);
  CHECK(contains(bench.file("runs.csv"), ",status,final_epoch,weights_epoch,final_train_loss,"));
  CHECK_EQ(bench.run(text).skipped, 2);
}

TEST_CASE("stop_spec: the best weights are kept beside the last") {
  Bench bench;
  const std::string text = with_rates("[0.5]", bench.folder) + "keep_best: validation_loss\n";
  CHECK_EQ(bench.run(text).failure, "");
  const fs::path folder = bench.folder / "results/tiny/learning_rate=0.5";
  const auto json = run_json(bench, "learning_rate=0.5");
  CHECK_EQ(json["figures"]["best_weights_epoch"], json["figures"]["best_validation_loss_epoch"]);
  CHECK(json["files"].contains("weights_best/0.dense.weights.npy"));
  const TrainedRun best = read_trained_run(folder, TrainedWeights::kBest);
  CHECK_EQ(best.parameters.size(), read_trained_run(folder).parameters.size());
  write_bytes(folder / "weights_best/0.dense.bias.npy", "torn");
  CHECK(
      contains(error_of([&] { bench.run(text); }), "weights_best/0.dense.bias.npy: changed since"));
  RunOptions retry;
  retry.retry = {"damaged"};
  CHECK_EQ(bench.run(text, retry).failure, "");
  fs::remove_all(bench.folder / "results");
  CHECK_EQ(bench.run(with_rates("[0.5]", bench.folder)).failure, "");
  CHECK_FALSE(fs::exists(folder / "weights_best"));
  CHECK(contains(error_of([&] { read_trained_run(folder, TrainedWeights::kBest); }),
                 "kept no best weights"));
  CHECK_FALSE(contains(bench.file("experiment.yaml"), "stop"));
  CHECK_FALSE(contains(bench.file("learning_rate=0.5/run.json"), "keep_best"));
}

}  // namespace
}  // namespace nnrun

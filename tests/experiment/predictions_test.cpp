#include "experiment/predictions.h"

#include <cmath>
#include <memory>
#include <utility>

#include "experiment/bench.h"
#include "experiment/stored_run.h"
#include "same_bits.h"

namespace nnrun {
namespace {

using namespace test;

using Changes = std::vector<std::pair<std::string, std::string>>;

const std::string kNetwork = "  - dense: {units: 3}\n  - softmax\n";
const std::string kBinary =
    "  labels: {one_vs_rest: 1}\nnetwork:\n  - dense: {units: 1}\n  - sigmoid\n";

/// What is changed in the tiny experiment, to be measured again bit for bit.
const std::vector<std::pair<std::string, Changes>> kExperiments = {
    {"dense", {}},
    {"several metrics",
     {{"metrics: [accuracy]", "metrics: [f1, auc_roc, hinge, top_k_accuracy: {k: 2}]"}}},
    {"bytes and blocks", {{"epochs: 3", "epochs: 3\ncompute: {features: sparse}"}}},
    {"numbers of a matrix",
     {{"epochs: 3", "epochs: 3\nbatch_size: 32\ncompute: {features: dense}"}}},
    {"standard scale", {{"  split:", "  scale: standard\n  split:"}}},
    {"a new split in every epoch", {{"  split:", "  shuffle: every_epoch\n  split:"}}},
    {"augmented", {{"  split:", "  augment: [noise: {stddev: 3}]\n  split:"}}},
    {"convolution",
     {{kNetwork, "  - conv2d: {channels: 2, kernel: 2}\n  - relu\n  - flatten\n" + kNetwork}}},
    {"batch_norm",
     {{kNetwork, "  - dense: {units: 8}\n  - batch_norm\n  - relu\n" + kNetwork},
      {"epochs: 3", "epochs: 3\nbatch_size: 32"}}},
    {"dropout",
     {{kNetwork, "  - dense: {units: 8}\n  - dropout: {rate: 0.5}\n  - relu\n" + kNetwork}}},
    {"residual",
     {{kNetwork, kNetwork + "  - residual: {layers: [dense: {units: 3}, tanh]}\n"},
      {"loss: cross_entropy", "loss: mean_squared_error"}}},
    {"log_softmax", {{"  - softmax", "  - log_softmax"}}},
    {"one_vs_rest",
     {{"network:\n" + kNetwork, kBinary}, {"loss: cross_entropy", "loss: binary_cross_entropy"}}}};

std::string changed(std::string text, const Changes& changes) {
  for (const auto& [old, replacement] : changes) text = with(text, old, replacement);
  return text;
}

/// A tiny run that was trained, with its data.
struct Trained {
  explicit Trained(const Changes& changes = {}) {
    bench.run(changed(tiny_experiment(bench.folder), changes));
    REQUIRE_EQ(bench.status, ExitStatus::kDone);
    run = read_trained_run(folder());
    data = load_data(run.experiment.data);
    fitted = std::make_unique<Fitted>(fit_again(run, data.train));
  }

  std::filesystem::path folder() const { return bench.folder / "results/tiny/run"; }
  Measured measured(Part part, std::size_t threads = 1) const {
    return measure(run, *fitted, part_of(run, data, *fitted, part), Pool(threads));
  }
  Predictions predictions(std::size_t threads = 1) const {
    return predict(run, *fitted, part_of(run, data, *fitted, Part::kTest), Pool(threads));
  }
  /// The figures of run.json that begin so.
  std::vector<double> figures(const std::string& begin) const {
    const StoredRun stored = read_stored_run(folder());
    std::vector<double> all;
    for (const std::string& name : run.experiment.model.measures()) {
      all.push_back(stored.curves.figures.at(begin + name));
    }
    return all;
  }

  Bench bench;
  TrainedRun run;
  Data data;
  std::unique_ptr<Fitted> fitted;
};

}  // namespace

TEST_CASE("predictions: measures are those of run.json, bit for bit, at any number of threads") {
  for (const auto& experiment : kExperiments) {
    CAPTURE(experiment.first);
    const Trained trained(experiment.second);
    for (const std::size_t threads : {1U, 2U}) {
      CHECK(same_bits(trained.measured(Part::kTest, threads).values, trained.figures("test_")));
      CHECK(same_bits(trained.measured(Part::kValidation, threads).values,
                      trained.figures("final_validation_")));
    }
  }
}

TEST_CASE("predictions: the confusion matrix is that of the run, and what the predictions say") {
  for (const auto& experiment : kExperiments) {
    CAPTURE(experiment.first);
    const Trained trained(experiment.second);
    const auto measured = trained.measured(Part::kTest);
    const Predictions made = trained.predictions();
    REQUIRE_EQ(made.count(), 60);
    std::vector<std::uint64_t> counted(made.classes * made.classes);
    for (std::size_t n = 0; n < made.count(); ++n) {
      ++counted[made.truth[n] * made.classes + made.predicted[n]];
    }
    CHECK(counted == measured.confusion);
    std::string csv;
    for (std::size_t k = 0; k < made.classes; ++k) {
      csv += "\n" + std::to_string(k);
      for (std::size_t p = 0; p < made.classes; ++p) {
        csv += "," + std::to_string(counted[k * made.classes + p]);
      }
    }
    CHECK(contains(trained.bench.file("run/confusion.csv"), csv));
  }
}

TEST_CASE("predictions: the predicted class has the highest score, and the runner-up the next") {
  for (const auto& experiment : kExperiments) {
    CAPTURE(experiment.first);
    const Trained trained(experiment.second);
    const Predictions made = trained.predictions();
    CHECK(same_bits(trained.predictions(2).scores, made.scores));
    for (std::size_t n = 0; n < made.count(); ++n) {
      const std::size_t first = made.predicted[n];
      const std::size_t second = made.runner_up(n);
      CHECK_NE(first, second);
      double sum = 0;
      for (std::size_t k = 0; k < made.classes; ++k) {
        sum += static_cast<double>(made.score(n, k));
        CHECK_LE(made.score(n, k), made.score(n, k == first ? first : second));
      }
      if (made.are_probabilities) CHECK_LT(std::abs(sum - 1), 1e-5);
    }
  }
}

TEST_CASE("predictions: samples are told by their places, labels as the run takes them") {
  const Trained trained(
      {{"network:\n" + kNetwork, kBinary}, {"loss: cross_entropy", "loss: binary_cross_entropy"}});
  const Predictions made = trained.predictions();
  CHECK_EQ(made.classes, 2);
  CHECK(made.are_probabilities);
  for (std::uint32_t n = 0; n < made.count(); ++n) {
    CHECK_EQ(made.positions[n], n);
    CHECK_EQ(made.truth[n], n % 3 == 1 ? 1 : 0);
  }
}

TEST_CASE("predictions: training samples are measured without dropout") {
  const Trained trained({{kNetwork, "  - dropout: {rate: 0.5}\n  - flatten\n" + kNetwork}});
  CHECK_NE(trained.measured(Part::kTrain).values, trained.figures("final_train_"));
  const Trained without;
  CHECK(same_bits(without.measured(Part::kTrain).values, without.figures("final_train_")));
}

TEST_CASE("predictions: a part without samples is refused") {
  const Trained trained({{"train: 200, validation: 100", "train: 200, validation: 0"},
                         {"  split:", "  limit: {test: 0}\n  split:"}});
  const auto told = [&](Part part) {
    return error_of([&] { part_of(trained.run, trained.data, *trained.fitted, part); });
  };
  CHECK(contains(told(Part::kTest), "tiny/run: its data set has no test samples"));
  CHECK(contains(told(Part::kValidation), "tiny/run: its split has no validation samples"));
  CHECK_EQ(told(Part::kTrain), "");
}

}  // namespace nnrun

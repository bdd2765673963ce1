#include "experiment/summary.h"

#include <cmath>
#include <limits>

#include "support.h"

namespace nnrun {

using namespace test;

namespace {

std::vector<EpochRecord> curve(const std::vector<double>& validation_losses) {
  std::vector<EpochRecord> records;
  for (const double loss : validation_losses) {
    records.push_back({records.size(), 0.1, {loss / 2}, {loss}, 0});
  }
  return records;
}

Model accuracy_model() {
  Model model;
  model.metrics.push_back({"accuracy", make_from<Metric>("accuracy"), {"accuracy"}});
  return model;
}

}  // namespace

TEST_CASE("summary: convergence is where 95 % of the way is made for good") {
  // From 1 down to 0: the threshold is 0.05. Epoch 2 is below it but epoch 3 is not.
  CHECK_EQ(convergence_epoch(curve({1, 0.5, 0.04, 0.06, 0.05, 0})), 4);
  CHECK_EQ(convergence_epoch(curve({1, 0})), 1);
  CHECK_FALSE(convergence_epoch(curve({1, 1, 1})));  // never came down
  CHECK_FALSE(convergence_epoch(curve({1, 2, 3})));
  CHECK_FALSE(convergence_epoch(curve({1, 0, 1})));  // came down, but did not stay
}

TEST_CASE("summary: figures are those of the last row, the best rows and the test set") {
  const Model model = accuracy_model();
  const std::vector<EpochRecord> records = {{0, 0.1, {2.0, 0.1}, {2.5, 0.2}, 0},
                                            {1, 0.1, {1.0, 0.5}, {1.5, 0.9}, 0},
                                            {2, 0.1, {0.5, 0.8}, {1.75, 0.9}, 0}};
  Outcome outcome;
  outcome.last_epoch = 2;
  outcome.test = {1.25, 0.7};
  const Figures expected = {{"final_epoch", 2},
                            {"final_train_loss", 0.5},
                            {"final_train_accuracy", 0.8},
                            {"final_validation_loss", 1.75},
                            {"final_validation_accuracy", 0.9},
                            {"best_validation_loss", 1.5},
                            {"best_validation_loss_epoch", 1},
                            {"best_validation_accuracy", 0.9},
                            {"best_validation_accuracy_epoch", 1},  // the first of equals
                            {"test_loss", 1.25},
                            {"test_accuracy", 0.7}};
  CHECK(figures(model, records, outcome) == expected);
}

TEST_CASE("summary: without validation samples its figures are left out") {
  const Model model = accuracy_model();
  const std::vector<EpochRecord> records = {{0, 0.1, {2.0, 0.1}, {}, 0},
                                            {1, 0.1, {1.0, 0.5}, {}, 0}};
  Outcome outcome;
  outcome.last_epoch = 1;
  const Figures expected = {{"final_epoch", 1},
                            {"final_train_loss", 1.0},
                            {"final_train_accuracy", 0.5},
                            {"convergence_epoch", 1}};
  CHECK(figures(model, records, outcome) == expected);
}

TEST_CASE("summary: a diverged run has no convergence and its best is finite") {
  Outcome outcome;
  outcome.diverged = true;
  outcome.last_epoch = 2;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto all = figures(Model{}, curve({1, 0.1, nan}), outcome);
  for (const auto& [name, value] : all) {
    CHECK_NE(name, "convergence_epoch");
    if (name == "best_validation_loss") CHECK_EQ(value, 0.1);
    if (name == "final_validation_loss") CHECK(std::isnan(value));
  }
}

}  // namespace nnrun

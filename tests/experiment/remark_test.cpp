#include "experiment/remark.h"

#include <nlohmann/json.hpp>

#include "experiment/bench.h"

namespace nnrun {
namespace {

using namespace test;

/// The message that a tiny experiment's run.json has with these layers and settings.
std::string message_of(const std::string& layers, const std::string& changed = "epochs: 3",
                       const std::string& rate = "0.5") {
  Bench bench;
  std::string text = with(tiny_experiment(bench.folder), "  - dense: {units: 3}\n", layers);
  text = with(with(text, "epochs: 3", changed), "learning_rate: 0.5", "learning_rate: " + rate);
  bench.run(text);
  CHECK_EQ(bench.status, ExitStatus::kDone);
  return nlohmann::json::parse(bench.file("run/run.json"))["message"];
}

EpochRecord row(std::size_t epoch, double train, double validation) {
  return {epoch, 0.1, {train}, {validation}, 0};
}

/// Of 10 samples, 6 of class 0, `right` of each class' own.
Outcome outcome_with(std::uint64_t right_of_0, std::uint64_t right_of_1) {
  Outcome outcome;
  outcome.last_epoch = 1;
  outcome.last_look.confusion = {right_of_0, 6 - right_of_0, 4 - right_of_1, right_of_1};
  return outcome;
}

HiddenUnits sigmoids(std::uint32_t at_limit) {
  return {"1.sigmoid", {0, 1}, 10, {at_limit, at_limit}};
}

TEST_CASE("remark: a run that learned has none") {
  CHECK_EQ(message_of("  - dense: {units: 3}\n", "epochs: 60"), "");
  CHECK_EQ(message_of("  - dense: {units: 9}\n  - relu\n  - dense: {units: 3}\n", "epochs: 60"),
           "");
}

TEST_CASE("remark: hidden units that put out 0 for every sample") {
  const std::string found = message_of(
      "  - dense: {units: 8, bias: {constant: {value: -10}}}\n  - relu\n  - dense: {units: 3}\n");
  CHECK(found.starts_with("all 60 test samples are taken for class "));
  CHECK(found.ends_with(
      "; 8 of the 8 units of 1.relu put out 0 for every sample looked at; take a smaller learning rate, other "
      "starting weights and biases, or leaky_relu"));
}

TEST_CASE("remark: hidden units that are at their limits") {
  const std::string found = message_of(
      "  - dense: {units: 6, weights: {normal: {stddev: 500}}}\n  - sigmoid\n"
      "  - dense: {units: 3}\n",
      "epochs: 1", "0.01");
  CHECK(contains(found,
                 " % of what 1.sigmoid puts out is within 1 % of its limits 0 and 1; take "
                 "smaller starting weights or a smaller learning rate"));
}

TEST_CASE("remark: predictions that are all of one class") {
  const std::string found = message_of(
      "  - dense: {units: 3, weights: zeros, bias: {constant: {value: 0}}}\n", "epochs: 2", "1e-9");
  CHECK(found.starts_with("all 60 test samples are taken for class "));
  CHECK(
      found.ends_with("the train loss hardly moved in 2 epochs, from 1.099 to 1.099; take a larger "
                      "learning rate or more epochs"));
}

TEST_CASE("remark: what is said of answers and of the train loss") {
  const Model model;
  const auto found = [&](const Outcome& outcome, double first, double last) {
    return remark(model, {row(0, first, 1), row(1, last, 1)}, outcome);
  };
  CHECK_EQ(
      found(outcome_with(3, 3), 1, 2),
      "6 of 10 test samples are right, no more than if all were taken for class 0 (6); the train "
      "loss rose in 1 epoch, from 1 to 2; take a smaller learning rate");
  CHECK_EQ(found(outcome_with(4, 3), 2, 1), "");  // better than guessing, and falling
  CHECK_EQ(
      found(outcome_with(4, 3), 1, 0.995),
      "7 of 10 test samples are right; the train loss hardly moved in 1 epoch, from 1 to 0.995; "
      "take a larger learning rate or more epochs");
  CHECK_EQ(found(outcome_with(6, 4), 1, 1), "");  // nothing is wrong: it was good from the start
  CHECK(found(outcome_with(6, 0), 2, 1).starts_with("all 10 test samples are taken for class 0; "));
  Model binary;
  binary.labels = {LabelKind::kBinary, 5};
  const auto told = [&](const Outcome& outcome) {
    return remark(binary, {row(0, 2, 1), row(1, 1, 1)}, outcome);
  };
  CHECK(told(outcome_with(6, 0)).starts_with("all 10 test samples are taken for the rest; "));
  CHECK(told(outcome_with(0, 4)).starts_with("all 10 test samples are taken for class 5; "));
  Outcome validated = outcome_with(0, 4);
  validated.last_look.on_test = false;
  CHECK(found(validated, 2, 1)
            .starts_with("all 10 validation samples are taken for class 1; the "
                         "train loss fell in 1 epoch, from 2 to 1; take another "));
}

TEST_CASE("remark: of test samples of one class the loss alone tells, of none nothing") {
  const Model model;
  Outcome outcome = outcome_with(6, 4);
  outcome.last_look.confusion = {10, 0, 0, 0};
  CHECK_EQ(remark(model, {row(0, 1, 1), row(1, 1, 1)}, outcome), "");
  outcome.last_look.confusion = {0, 10, 0, 0};
  CHECK_EQ(remark(model, {row(0, 2, 1), row(1, 1, 1)}, outcome), "");
  CHECK_EQ(
      remark(model, {row(0, 1, 1), row(1, 1, 1)}, outcome),
      "the train loss hardly moved in 1 epoch, from 1 to 1; take a larger learning rate or more "
      "epochs");
  outcome.last_look.confusion = {};
  CHECK_EQ(remark(model, {row(0, 1, 1), row(1, 1, 1)}, outcome), "");
}

TEST_CASE("remark: where every layer is frozen no learning rate helps") {
  const std::string found = message_of("  - dense: {units: 3, frozen: true}\n");
  CHECK(found.ends_with("; every parameter is frozen: let some be trained"));
}

TEST_CASE("remark: nine tenths of a layer must be at its limits, and the answers far from good") {
  const Model model;
  const std::vector<EpochRecord> rows = {row(0, 2, 1), row(1, 1, 1)};
  Outcome outcome = outcome_with(4, 3);
  outcome.last_look.hidden_units = {sigmoids(8), sigmoids(9)};
  outcome.last_look.hidden_units[1].layer = "3.sigmoid";
  CHECK_EQ(
      remark(model, rows, outcome),
      "7 of 10 test samples are right; the train loss fell in 1 epoch, from 2 to 1; 90 % of what "
      "3.sigmoid puts out is within 1 % of its limits 0 and 1; take smaller starting weights or a "
      "smaller learning rate");
  outcome.last_look.hidden_units.pop_back();
  CHECK_EQ(remark(model, rows, outcome), "");
  Outcome good = outcome_with(6, 4);
  good.last_look.hidden_units = {sigmoids(10)};
  CHECK_EQ(remark(model, rows, good), "");
}

TEST_CASE("remark: a validation loss that rises for good while the train loss falls") {
  const auto found = [&](const std::vector<double>& validation, double last_train) {
    std::vector<EpochRecord> rows;
    for (const double loss : validation) rows.push_back(row(rows.size(), 1, loss));
    rows.front().train = {2};
    rows.back().train = {last_train};
    return remark(Model(), rows, outcome_with(5, 3));
  };
  CHECK_EQ(
      found({2, 1, 1.2, 1.3, 1.4}, 0.5),
      "overfitting: the validation loss rose from 1 at epoch 1 to 1.4 at epoch 4 while the train "
      "loss fell from 1 to 0.5; train for fewer epochs, or add dropout, l2 or data");
  CHECK_EQ(found({2, 1, 1.2, 1.05, 1.4}, 0.5), "");  // it does not stay there
  CHECK_EQ(found({2, 1, 1.2, 1.4}, 0.5), "");        // it has not been there for long
  CHECK_EQ(found({2, 1, 1.2, 1.3, 1.4}, 1), "");     // the train loss did not fall
  CHECK_EQ(found({2, 1, 0.9, 0.8, 0.7}, 0.5), "");
  CHECK_EQ(found({2, 0, 0, 0, 0}, 0.5), "");  // nothing is above nothing
}

TEST_CASE("remark: a run that diverged") {
  Outcome outcome;
  outcome.diverged = true;
  outcome.last_epoch = 2;
  outcome.first_non_finite = "train_loss";
  Model model;
  const double infinite = std::numeric_limits<double>::infinity();
  const std::vector<EpochRecord> rows = {row(0, 1, 1), row(1, 3e30, 1), row(2, infinite, 1)};
  CHECK_EQ(
      remark(model, rows, outcome),
      "diverged at epoch 2: train_loss went non-finite first; the train loss had grown from 1 to "
      "3e+30; take a smaller learning rate or clip_gradient");
  model.clip.by = GradientClip::By::kNorm;
  CHECK(remark(model, rows, outcome).ends_with("; take a smaller learning rate"));
  outcome.last_epoch = 0;
  CHECK_EQ(remark(model, {row(0, infinite, 1)}, outcome),
           "diverged at epoch 0: train_loss went non-finite first, before any update; take smaller "
           "starting weights or scale the data");
}

TEST_CASE("remark: runs.csv compares the learning rates of the sweep") {
  Bench bench;
  const std::string text = with(with_rates("[1e38, 0.05, 0.1]", bench.folder),
                                "loss: cross_entropy", "loss: mean_squared_error");
  bench.run(with(text, "  - softmax\n", ""));
  const std::string runs = bench.file("runs.csv");
  INFO(runs);
  CHECK(contains(runs, ",diverged at epoch 2: 0.dense.weights went non-finite first; the train "));
  CHECK(contains(runs,
                 "; take a smaller learning rate or clip_gradient (learning "
                 "rate 1e+38; the largest that stayed finite is 0.1),"
                 "learning_rate=1e+38\n"));
  CHECK(contains(runs, ",,learning_rate=0.1\n"));
}

}  // namespace
}  // namespace nnrun

// What ends a run before its last epoch, by hand and in training.
#include "train/stop_rule.h"

#include <cmath>

#include "train/tiny.h"

namespace nnrun {
namespace {

using test::History;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

WatchedColumn validation_loss() { return {"validation_loss", true, 0, false}; }
WatchedColumn train_accuracy() { return {"train_accuracy", false, 1, true}; }

StopRule patient(std::size_t patience, double min_delta = 0, bool restores_best = false) {
  StopRule rule;
  rule.early = StopRule::Early{validation_loss(), patience, min_delta, restores_best};
  return rule;
}

/// "3: why", of the row with which a run of these values of the watched column ends; empty when none does.
std::string ending(const StopRule& rule, const std::vector<double>& values) {
  BestEpoch best;
  for (std::size_t epoch = 0; epoch < values.size(); ++epoch) {
    const double value = values[epoch];
    const EpochRecord row{epoch, 0.1, {value, value}, {value, value}, 1.5};
    if (rule.early) best.judge(rule.early->metric, rule.early->min_delta, row, {});
    const auto why = rule.why(row, best, 1.5 * static_cast<double>(epoch + 1));
    if (!why.empty()) return std::to_string(epoch) + ": " + why;
  }
  return {};
}

TEST_CASE("stop_rule: patience counts epochs since the last improvement") {
  CHECK_EQ(ending(patient(2), {4, 3, 2, 2, 3, 1}),
           "4: validation_loss has not improved since epoch 2, when it was 2");
  CHECK_EQ(ending(patient(3), {4, 3, 2, 2, 3, 1}), "");
  CHECK_EQ(ending(patient(1), {4, 4}),
           "1: validation_loss has not improved since epoch 0, when it was 4");
}

TEST_CASE("stop_rule: an improvement is one by more than min_delta on the last") {
  // 3.5 is exactly 0.5 better than 4, and 3.25 is better by more; 3 is again no more than 0.25 better.
  CHECK_EQ(ending(patient(2, 0.5), {4, 3.5, 3.25, 3, 2.875}),
           "4: validation_loss has not improved by more than 0.5 since epoch 2, when it was 3.25");
}

TEST_CASE("stop_rule: a value that is not defined is no improvement") {
  CHECK_EQ(ending(patient(2), {kNone, 3, kNone, kNone, 1}),
           "3: validation_loss has not improved since epoch 1, when it was 3");
  CHECK_EQ(ending(patient(2), {kNone, kNone, kNone}), "2: validation_loss has had no value");
}

TEST_CASE("stop_rule: a value is reached from the side from which it is better") {
  StopRule rule;
  rule.at = {{validation_loss(), 0.5}, {train_accuracy(), 7}};
  CHECK_EQ(ending(rule, {2, 1, 0.5, 0}), "2: validation_loss of 0.5 has reached 0.5");
  CHECK_EQ(ending(rule, {2, 6.5, 7.25, 0}), "2: train_accuracy of 7.25 has reached 7");
  CHECK_EQ(ending(rule, {2, kNone, 6}), "");
}

TEST_CASE("stop_rule: the seconds are those of all rows so far") {
  StopRule rule;
  rule.seconds = 4;
  CHECK_EQ(ending(rule, {1, 1, 1, 1}), "2: its 4 seconds of training are over");
}

Feed feed_of(std::size_t batch_size) {
  Feed feed;
  feed.split = {std::int64_t{70}, std::int64_t{20}, Shuffle::kOnce};
  feed.batch_size = batch_size;
  feed.shards.smallest = 16;
  return feed;
}

const Data& data() {
  static const Data all = test::random_data(90, 20, 6, 3, 0.4);
  return all;
}

constexpr std::size_t kFullBatch = 0;
constexpr std::size_t kBatch = 16;
constexpr std::size_t kEpochs = 40;

/// A run on labels that mean nothing, which soon does worse on validation samples.
Model hasty(const StopRule& rule) {
  Model model = test::classifier(6);
  model.optimizer = test::make_from<Optimizer>("adam");
  model.stop = rule;
  return model;
}

/// The epoch at which the validation loss was least.
std::size_t best_epoch(const History& run) {
  const auto least = std::min_element(
      run.rows.begin(), run.rows.end(),
      [](const auto& a, const auto& b) { return a.validation[0] < b.validation[0]; });
  return least->epoch;
}

TEST_CASE("stop_rule: a run ends with the row that says so, and with its best weights") {
  for (const std::size_t batch_size : {kFullBatch, kBatch}) {
    CAPTURE(batch_size);
    const Feed feed = feed_of(batch_size);
    const Model model = hasty(patient(3, 0, true));
    const History run = test::train_all(data(), feed, {{&model, 0.1, kEpochs}})[0];
    const std::size_t best = best_epoch(run);
    REQUIRE_GT(best, 0);
    CHECK_EQ(run.outcome.last_epoch, best + 3);
    CHECK_EQ(run.rows.size(), best + 4);
    CHECK_FALSE(run.outcome.stopped.empty());
    CHECK_EQ(run.outcome.weights_epoch, best);
    const Model plain = hasty({});
    const History until_best = test::train_all(data(), feed, {{&plain, 0.1, best}})[0];
    CHECK(test::same_bits(run.outcome.parameters, until_best.outcome.parameters));
    CHECK(test::same_bits(run.outcome.test, until_best.outcome.test));
    CHECK(test::same_bits(run.outcome.confusion, until_best.outcome.confusion));
  }
}

TEST_CASE("stop_rule: best weights are restored at the last epoch too, and kept beside the last") {
  const Feed feed = feed_of(kBatch);
  Model model = hasty(patient(1000, 0, true));
  model.keep_best = train_accuracy();
  const History restored = test::train_all(data(), feed, {{&model, 0.1, kEpochs}})[0];
  const std::size_t best = best_epoch(restored);
  CHECK(restored.outcome.stopped.empty());
  CHECK_EQ(restored.outcome.weights_epoch, best);
  model.stop = {};
  model.keep_best = validation_loss();
  const History kept = test::train_all(data(), feed, {{&model, 0.1, kEpochs}})[0];
  CHECK_EQ(kept.outcome.best_weights_epoch, best);
  CHECK_FALSE(kept.outcome.weights_epoch.has_value());
  CHECK(test::same_bits(kept.outcome.best_parameters, restored.outcome.parameters));
  CHECK_FALSE(test::same_bits(kept.outcome.parameters, restored.outcome.parameters));
}

TEST_CASE("stop_rule: with its last epoch a run is not stopped") {
  const Feed feed = feed_of(kFullBatch);
  StopRule rule;
  rule.at = {{validation_loss(), 1e9}};
  const Model model = hasty(rule);
  CHECK_EQ(test::train_all(data(), feed, {{&model, 0.1, 3}})[0].outcome.last_epoch, 0);
  rule.at.front().value = -1;
  rule.seconds = 1e9;
  const Model patient_model = hasty(rule);
  const History run = test::train_all(data(), feed, {{&patient_model, 0.1, 3}})[0];
  CHECK_EQ(run.outcome.last_epoch, 3);
  CHECK(run.outcome.stopped.empty());
}

TEST_CASE("stop_rule: the other runs go on as if alone") {
  for (const std::size_t batch_size : {kFullBatch, kBatch}) {
    const Feed feed = feed_of(batch_size);
    const Model stopping = hasty(patient(2, 0, true));
    const Model plain = hasty({});
    const auto together =
        test::train_all(data(), feed, {{&stopping, 0.1, kEpochs}, {&plain, 0.1, kEpochs}}, 2);
    CHECK_LT(together[0].rows.size(), together[1].rows.size());
    CHECK(test::same_bits(together[1], test::train_all(data(), feed, {{&plain, 0.1, kEpochs}})[0]));
    CHECK(test::same_bits(together[0],
                          test::train_all(data(), feed, {{&stopping, 0.1, kEpochs}})[0]));
  }
}

TEST_CASE("stop_rule: a run that diverges keeps what it has") {
  const Model model = [] {
    Model made =
        test::model_of({6}, {"dense: {units: 1}"}, "mean_squared_error", {LabelKind::kBinary, 1});
    made.stop = patient(1000, 0, true);
    made.keep_best = validation_loss();
    return made;
  }();
  const History run = test::train_all(data(), feed_of(kFullBatch), {{&model, 100, 99}})[0];
  REQUIRE(run.outcome.diverged);
  CHECK_FALSE(run.outcome.weights_epoch.has_value());
  CHECK_EQ(run.outcome.best_weights_epoch, 0);
  CHECK(run.outcome.stopped.empty());
}

}  // namespace
}  // namespace nnrun

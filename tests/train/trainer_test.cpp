#include "train/trainer.h"

#include <cmath>
#include <vector>

#include "train/tiny.h"

namespace nnrun {
namespace {

using test::check_close;
using test::History;
using test::train_all;

const double kLn2 = std::log(2.0);

/// −log(1 − sigmoid(z)): the loss of a no, and of a yes at −z.
double soft(double z) { return std::log1p(std::exp(z)); }

/// Two training samples, x = (1, 0) labelled yes and (0, 2) labelled no, and (2, 1), yes, to
/// validate; the test set is the three together.
Data three_samples() {
  Data data;
  data.sample = {2};
  data.classes = 2;
  data.train = {{1, 0, 0, 2, 2, 1}, {1, 0, 1}};
  data.test = data.train;
  return data;
}

Feed in_file_order(std::size_t batch_size) {
  Feed feed;
  feed.split = {std::int64_t{2}, std::int64_t{1}, Shuffle::kNever};
  feed.scale = Scale::kNone;
  feed.batch_size = batch_size;
  return feed;
}

Model neuron() {
  return test::model_of({2}, {"dense: {units: 1, weights: zeros}", "sigmoid"},
                        "binary_cross_entropy", {LabelKind::kBinary, 1});
}

void check_row(const EpochRecord& row, std::size_t epoch, const std::vector<double>& train,
               const std::vector<double>& validation) {
  CHECK_EQ(row.epoch, epoch);
  REQUIRE_EQ(row.train.size(), train.size());
  REQUIRE_EQ(row.validation.size(), validation.size());
  for (std::size_t i = 0; i < train.size(); ++i) CHECK(row.train[i] == doctest::Approx(train[i]));
  for (std::size_t i = 0; i < validation.size(); ++i) {
    CHECK(row.validation[i] == doctest::Approx(validation[i]));
  }
}

TEST_CASE("trainer: one full-batch step by hand") {
  const Model model = neuron();
  const History run = train_all(three_samples(), in_file_order(0), {{&model, 2, 1}})[0];
  REQUIRE_EQ(run.rows.size(), 2);
  // At w = 0 every output is 1/2, a no: one of two is right, and the one to validate is wrong.
  check_row(run.rows[0], 0, {kLn2, 0.5}, {kLn2, 0});
  // dz = (a − y) / 2 = (−1/4, 1/4); dw = (−1/4, 2/4), db = 0; w = −2 dw = (1/2, −1), b = 0.
  check_close(run.outcome.parameters, {0.5, -1, 0});
  // z = 1/2, −2 and, to validate, 0.
  check_row(run.rows[1], 1, {(soft(-0.5) + soft(-2)) / 2, 1}, {kLn2, 0});
  CHECK_EQ(run.rows[1].learning_rate, 2.0);
  CHECK_FALSE(run.outcome.diverged);
  CHECK_EQ(run.outcome.last_epoch, 1);
}

TEST_CASE("trainer: the test set is measured at the end") {
  const Model model = neuron();
  const History run = train_all(three_samples(), in_file_order(0), {{&model, 2, 1}})[0];
  REQUIRE_EQ(run.outcome.test.size(), 2);
  CHECK(run.outcome.test[0] == doctest::Approx((soft(-0.5) + soft(-2) + kLn2) / 3));
  CHECK(run.outcome.test[1] == doctest::Approx(2.0 / 3));
  // True no, said no; true yes, once said no and once yes.
  CHECK(run.outcome.confusion == std::vector<std::uint64_t>{1, 0, 1, 1});
}

TEST_CASE("trainer: confusion matrices are those asked for, of the last weights") {
  Model model = neuron();
  model.confusion_of_test = false;
  model.confusion_of_validation = true;
  const Model other = neuron();
  for (const std::size_t batch : {0, 1}) {
    const auto runs =
        train_all(three_samples(), in_file_order(batch), {{&model, 2, 1}, {&other, 2, 1}});
    CHECK(runs[0].outcome.confusion.empty());
    CHECK_EQ(runs[0].outcome.validation_confusion.size(), 4);
    CHECK_FALSE(runs[1].outcome.confusion.empty());
    CHECK(runs[1].outcome.validation_confusion.empty());
    const double right = runs[0].rows.back().validation[1];  // the accuracy of the only sample
    const auto& confusion = runs[0].outcome.validation_confusion;
    CHECK_EQ(static_cast<double>(confusion[0] + confusion[3]), right);
    CHECK_EQ(static_cast<double>(confusion[1] + confusion[2]), 1 - right);
  }
}

TEST_CASE("trainer: mini-batches report the running mean of their epoch") {
  const Model model = neuron();
  const History run = train_all(three_samples(), in_file_order(1), {{&model, 2, 1}})[0];
  REQUIRE_EQ(run.rows.size(), 2);
  check_row(run.rows[0], 0, {kLn2, 0.5}, {kLn2, 0});
  // First batch: z = 0, dz = −1/2; w = (1, 0), b = 1. Second: z = 1 for a no, dz = sigmoid(1) = s;
  // w = (1, −4 s), b = 1 − 2 s. Both were said wrong just before their update.
  const double s = 1 / (1 + std::exp(-1.0));
  check_close(run.outcome.parameters, {1, -4 * s, 1 - 2 * s});
  const double z = 2 - 4 * s + 1 - 2 * s;  // of (2, 1), after the epoch
  check_row(run.rows[1], 1, {(kLn2 + soft(1)) / 2, 0}, {soft(-z), 0});
}

TEST_CASE("trainer: a smaller last batch counts by its samples") {
  // At a rate that changes nothing the running mean is the mean over all samples.
  const Model model = test::classifier(4);
  const Data data = test::random_data(10, 1, 4, 3);
  Feed feed;
  feed.split = {std::int64_t{10}, std::int64_t{0}, Shuffle::kOnce};
  feed.batch_size = 4;
  const History run = train_all(data, feed, {{&model, 1e-30, 2}})[0];
  CHECK(run.rows[1].train[0] == doctest::Approx(run.rows[0].train[0]).epsilon(1e-9));
  CHECK_EQ(run.rows[2].train[1], run.rows[0].train[1]);
  CHECK(run.rows[1].validation.empty());
}

TEST_CASE("trainer: a batch larger than the data is one full batch") {
  const Model model = test::classifier(4);
  const Data data = test::random_data(100, 10, 4, 3);
  Feed full;
  full.split.shuffle = Shuffle::kNever;
  Feed large = full;
  large.batch_size = 1000;
  const History a = train_all(data, full, {{&model, 0.5, 3}})[0];
  const History b = train_all(data, large, {{&model, 0.5, 3}})[0];
  CHECK(a.outcome.parameters == b.outcome.parameters);
}

TEST_CASE("trainer: every shard's gradient counts") {
  // Four copies of 64 samples are four shards with the mean gradient of one.
  const Model model = test::classifier(4);
  const Data once = test::random_data(64, 10, 4, 3);
  Data four = once;
  for (int copy = 1; copy < 4; ++copy) {
    const Samples& from = once.train;
    Samples& to = four.train;
    to.features.insert(to.features.end(), from.features.begin(), from.features.end());
    to.labels.insert(to.labels.end(), from.labels.begin(), from.labels.end());
  }
  Feed feed;
  feed.split = {1.0, 0.0, Shuffle::kNever};
  const auto expected = train_all(once, feed, {{&model, 5, 1}})[0].outcome.parameters;
  const auto found = train_all(four, feed, {{&model, 5, 1}})[0].outcome.parameters;
  check_close(found, {expected.begin(), expected.end()}, 1e-5);
}

TEST_CASE("trainer: no epochs measure the untrained network") {
  const Model model = neuron();
  for (const std::size_t batch_size : {0U, 1U}) {
    const History run = train_all(three_samples(), in_file_order(batch_size), {{&model, 2, 0}})[0];
    REQUIRE_EQ(run.rows.size(), 1);
    check_row(run.rows[0], 0, {kLn2, 0.5}, {kLn2, 0});
    check_close(run.outcome.parameters, {0, 0, 0});
    CHECK_EQ(run.outcome.last_epoch, 0);
  }
}

TEST_CASE("trainer: every_epoch measures on samples drawn anew") {
  const Model model = test::classifier(4);
  const Data data = test::random_data(60, 10, 4, 3);
  Feed feed;
  feed.split = {0.5, 0.5, Shuffle::kEveryEpoch};
  const History run = train_all(data, feed, {{&model, 1e-30, 2}})[0];
  CHECK_NE(run.rows[0].train[0], run.rows[1].train[0]);
  CHECK_NE(run.rows[1].train[0], run.rows[2].train[0]);
  feed.split.shuffle = Shuffle::kOnce;
  const History once = train_all(data, feed, {{&model, 1e-30, 2}})[0];
  CHECK_EQ(once.rows[0].train[0], once.rows[2].train[0]);
}

TEST_CASE("trainer: runs of different lengths and rates end each in their time") {
  const Model model = test::classifier(4);
  const Data data = test::random_data(60, 10, 4, 3);
  const std::vector<test::Planned> jobs = {{&model, 0.1, 3}, {&model, 0.5, 1}, {&model, 0.5, 5}};
  const auto runs = train_all(data, {}, jobs);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    CHECK_EQ(runs[i].rows.size(), jobs[i].epochs + 1);
    CHECK_EQ(runs[i].outcome.last_epoch, jobs[i].epochs);
  }
  CHECK_EQ(runs[1].rows[1].train[0], runs[2].rows[1].train[0]);
  CHECK_NE(runs[0].rows[1].train[0], runs[2].rows[1].train[0]);
}

TEST_CASE("trainer: training lowers the loss") {
  const Model model = test::classifier(4);
  const History run = train_all(test::random_data(60, 10, 4, 3), {}, {{&model, 0.5, 50}})[0];
  CHECK(run.rows.back().train[0] < run.rows.front().train[0]);
}

TEST_CASE("trainer: numbers train as the bytes that are the same do") {
  const Data bytes = test::random_data(200, 40, 5, 3);
  Data numbers = bytes;
  for (Samples* samples : {&numbers.train, &numbers.test}) {
    samples->numbers.assign(samples->features.begin(), samples->features.end());
    samples->features.clear();
  }
  Feed feed;
  feed.scale = Scale::kNone;
  feed.features = FeatureForm::kDense;
  const Model model = test::classifier(5);
  const std::vector<test::Planned> jobs = {{&model, 0.01, 3}};
  CHECK(test::same_bits(test::train_all(bytes, feed, jobs)[0],
                        test::train_all(numbers, feed, jobs)[0]));
}

TEST_CASE("trainer: without test samples a run ends without test measures") {
  Data data = test::random_data(100, 0, 4, 3);
  const Model model = test::classifier(4);
  for (const FeatureForm form : {FeatureForm::kDense, FeatureForm::kSparse}) {
    Feed feed;
    feed.features = form;
    const auto history = test::train_all(data, feed, {{&model, 0.1, 2}})[0];
    CHECK_EQ(history.rows.size(), 3);
    CHECK(history.outcome.test.empty());
    CHECK(history.outcome.confusion.empty());
    CHECK_FALSE(history.outcome.diverged);
  }
}

/// The learning rates of the rows of 12 samples in batches of 4, or of full batches of them.
std::vector<double> reported_rates(const std::string& schedule, std::size_t batch_size,
                                   std::size_t epochs) {
  // Frozen: the loss is always the same.
  Model model =
      test::model_of({4}, {"dense: {units: 3, frozen: true}", "softmax"}, "cross_entropy");
  model.learning_rate = test::make_from<Schedule>(schedule);
  Feed feed;
  feed.split = {std::int64_t{12}, std::int64_t{4}, Shuffle::kOnce};
  feed.batch_size = batch_size;
  std::vector<double> rates;
  const Data data = test::random_data(16, 4, 4, 3);
  const History run = train_all(data, feed, {{&model, 0, epochs}})[0];
  for (const EpochRecord& row : run.rows) rates.push_back(row.learning_rate);
  return rates;
}

TEST_CASE("trainer: a row tells the rate of the last update before it") {
  const std::string falling = "step: {from: 0.8, factor: 0.5, every: 1}";
  for (const std::size_t batch : {0U, 4U}) {
    CHECK(reported_rates(falling, batch, 3) == std::vector<double>{0.8, 0.8, 0.4, 0.2});
  }
  const auto cycle =
      reported_rates("one_cycle: {highest: 1, start_divisor: 5, end_divisor: 2, rise: 0.5}", 4, 2);
  test::check_close({cycle.begin(), cycle.end()}, {0.2, 1, 0.1});
}

TEST_CASE("trainer: a schedule learns from the loss after each epoch") {
  // The first loss is the best; each one after it is no better, and the rate falls for the next epoch.
  for (const std::size_t batch : {0U, 4U}) {
    CHECK(reported_rates("reduce_on_plateau: {from: 0.8, factor: 0.5, patience: 0}", batch, 4) ==
          std::vector<double>{0.8, 0.8, 0.8, 0.4, 0.2});
  }
}

TEST_CASE("trainer: a schedule that falls trains with the rates that it tells") {
  const Data data = test::random_data(60, 10, 4, 3);
  Model model = test::classifier(4);
  model.learning_rate = test::make_from<Schedule>("multi_step: {from: 0.5, factor: 0.5, at: [1]}");
  const History falling = train_all(data, {}, {{&model, 0, 2}})[0];
  model.learning_rate = nullptr;
  const History constant = train_all(data, {}, {{&model, 0.5, 2}})[0];
  CHECK_EQ(falling.rows[1].train[0], constant.rows[1].train[0]);
  CHECK_NE(falling.rows[2].train[0], constant.rows[2].train[0]);
}

}  // namespace
}  // namespace nnrun

// Runs whose numbers leave the range of a float.
#include <cmath>
#include <string>
#include <vector>

#include "train/tiny.h"

namespace nnrun {
namespace {

using test::History;
using test::train_all;

constexpr std::size_t kFullBatch = 0;

/// One training and one validation sample of one feature; both labelled 0.
Data two_samples(std::uint8_t training, std::uint8_t validation) {
  Data data;
  data.sample = {1};
  data.classes = 2;
  data.train = {{training, validation}, {0, 0}};
  data.test = data.train;
  return data;
}

Feed feed_of(std::size_t batch_size) {
  Feed feed;
  feed.split = {std::int64_t{1}, std::int64_t{1}, Shuffle::kNever};
  feed.scale = Scale::kNone;
  feed.batch_size = batch_size;
  return feed;
}

/// y = w x + b, squared error against 0.
Model line(const std::string& weight, const std::string& bias) {
  return test::model_of({1},
                        {"dense: {units: 1, weights: {constant: {value: " + weight +
                         "}}, bias: {constant: {value: " + bias + "}}}"},
                        "mean_squared_error", {LabelKind::kBinary, 1});
}

void check_diverged(const History& run, std::size_t epoch, const std::string& what) {
  CHECK(run.outcome.diverged);
  CHECK_EQ(run.outcome.last_epoch, epoch);
  CHECK_EQ(run.outcome.first_non_finite, what);
  CHECK(run.outcome.test.empty());
  CHECK_EQ(run.rows.size(), epoch + 1);
}

TEST_CASE("divergence: a parameter that overflows in the first update is named") {
  const Model model = line("1", "1");
  for (const std::size_t batch_size : {kFullBatch, std::size_t{1}}) {
    // dw = 2 (w x + b) x = 2 · 3 · 2 = 12: 1e38 times that is beyond 3.4e38.
    const auto run = train_all(two_samples(2, 0), feed_of(batch_size), {{&model, 1e38, 5}})[0];
    check_diverged(run, 1, "0.dense.weights");
    CHECK_FALSE(std::isfinite(run.rows[1].validation[0]));
  }
}

TEST_CASE("divergence: the first parameter in the network's order is named") {
  // x = 0 leaves the weight alone; db = 2 b = 8.
  const Model model = line("1", "4");
  const auto run = train_all(two_samples(0, 0), feed_of(kFullBatch), {{&model, 1e38, 5}})[0];
  check_diverged(run, 1, "0.dense.bias");
}

TEST_CASE("divergence: a loss that overflows before any update is named") {
  const Model model = line("3e38", "0");
  for (const std::size_t batch_size : {kFullBatch, std::size_t{1}}) {
    const auto run = train_all(two_samples(9, 9), feed_of(batch_size), {{&model, 0.1, 5}})[0];
    check_diverged(run, 0, "train_loss");
    CHECK(std::isinf(run.rows[0].train[0]));
  }
}

TEST_CASE("divergence: a validation loss that overflows alone is named") {
  const Model model = line("3e38", "0");
  const auto run = train_all(two_samples(0, 9), feed_of(kFullBatch), {{&model, 0.1, 5}})[0];
  check_diverged(run, 0, "validation_loss");
  CHECK_EQ(run.rows[0].train[0], 0.0);
}

TEST_CASE("divergence: it may come after some epochs") {
  const Model model = line("1", "0");
  // w is multiplied by 1 − 2 · 10 · 4 = −79 each epoch: 79²⁰ is 9e37, 79²¹ is 7e39.
  const auto run = train_all(two_samples(2, 0), feed_of(kFullBatch), {{&model, 10, 100}})[0];
  CHECK(run.outcome.diverged);
  CHECK(run.outcome.last_epoch >= 19);
  CHECK(run.outcome.last_epoch <= 21);
  for (std::size_t epoch = 0; epoch + 1 < run.rows.size(); ++epoch) {
    CHECK(std::isfinite(run.rows[epoch].train[0]));
  }
}

TEST_CASE("divergence: a run that diverges after its last update is not completed") {
  const Model model = line("1", "1");
  const auto run = train_all(two_samples(2, 0), feed_of(kFullBatch), {{&model, 1e38, 1}})[0];
  check_diverged(run, 1, "0.dense.weights");
}

TEST_CASE("divergence: the other runs go on as if alone") {
  const Model model = line("1", "1");
  const Data data = two_samples(2, 0);
  for (const std::size_t batch_size : {kFullBatch, std::size_t{1}}) {
    const Feed feed = feed_of(batch_size);
    const auto runs = train_all(data, feed, {{&model, 1e38, 5}, {&model, 0.01, 5}}, 2);
    CHECK(runs[0].outcome.diverged);
    CHECK_FALSE(runs[1].outcome.diverged);
    CHECK(test::same_bits(runs[1], train_all(data, feed, {{&model, 0.01, 5}})[0]));
  }
}

}  // namespace
}  // namespace nnrun

// Networks whose layers need the whole batch, draw numbers or go around others: what training makes of
// them is what the batch as one block makes, in the same bits on any threads and in any company.
#include <cmath>
#include <numeric>
#include <vector>

#include "train/tiny.h"
#include "train/whole_batch.h"

namespace nnrun {
namespace {

using test::check_close;
using test::Matrix;
using test::model_of;
using test::same_bits;
using test::train_all;

constexpr std::size_t kWidth = 9;

Model model(const std::vector<std::string>& hidden) {
  auto layers = hidden;
  layers.insert(layers.end(), {"dense: {units: 3}", "softmax"});
  return model_of({kWidth}, layers, "cross_entropy");
}

std::vector<Model> models() {
  return {model({"dense: {units: 7}", "batch_norm", "relu", "dropout: {rate: 0.3}"}),
          model({"dense: {units: 7}", "sigmoid", "dropout: {rate: 0.5}"}),
          model({"batch_norm", "residual: {layers: [{dense: {units: 9}}, batch_norm, tanh]}"}),
          model({"residual: {layers: [{dense: {units: 9}}, tanh]}", "layer_norm"}),
          model({"reshape: {shape: [1, 3, 3]}", "batch_norm", "flatten"}),
          test::classifier(kWidth)};
}

struct Setting {
  Shuffle shuffle;
  std::size_t batch_size;
  FeatureForm features;
};

const std::vector<Setting> kSettings = {{Shuffle::kOnce, 0, FeatureForm::kSparse},
                                        {Shuffle::kOnce, 0, FeatureForm::kDense},
                                        {Shuffle::kOnce, 150, FeatureForm::kSparse},
                                        {Shuffle::kEveryEpoch, 0, FeatureForm::kSparse},
                                        {Shuffle::kEveryEpoch, 150, FeatureForm::kDense},
                                        {Shuffle::kNever, 7, FeatureForm::kSparse}};

Feed feed_of(const Setting& setting) {
  Feed feed;
  feed.split.shuffle = setting.shuffle;
  feed.batch_size = setting.batch_size;
  feed.features = setting.features;
  return feed;
}

TEST_CASE("in steps: any number of threads and any company give the same bits") {
  const auto all = models();
  const Data data = test::random_data(300, 50, kWidth, 3, 0.4);
  std::vector<test::Planned> jobs;
  for (const Model& each : all) jobs.push_back({&each, 0.3, 2 + jobs.size() % 3});
  for (const Setting& setting : kSettings) {
    const Feed feed = feed_of(setting);
    const auto together = train_all(data, feed, jobs, 1);
    const auto many = train_all(data, feed, jobs, 4);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      CAPTURE(i);
      CHECK_FALSE(together[i].outcome.diverged);
      CHECK(same_bits(together[i], many[i]));
      CHECK(same_bits(together[i], train_all(data, feed, {jobs[i]}, 2)[0]));
    }
  }
}

/// The mean loss of some samples taken through the network as one block.
double loss_of(const Model& model, std::span<const Scalar> parameters, const Samples& samples,
               const std::vector<std::uint32_t>& positions, bool train) {
  Matrix x(positions.size(), kWidth);
  std::vector<std::uint32_t> labels;
  for (std::size_t n = 0; n < positions.size(); ++n) {
    for (std::size_t d = 0; d < kWidth; ++d) {
      x.view().row(n)[d] = static_cast<Scalar>(samples.features[positions[n] * kWidth + d]) / 255;
    }
    labels.push_back(samples.labels[positions[n]]);
  }
  WholeBatch batch(model.network, parameters, x.view(), {.train = train});
  const double sum = model.loss->sum(batch.forward(), {LabelKind::kClasses, labels});
  return sum / static_cast<double>(positions.size());
}

std::vector<std::uint32_t> all_of(const Samples& samples) {
  std::vector<std::uint32_t> all(samples.count());
  std::iota(all.begin(), all.end(), 0U);
  return all;
}

TEST_CASE("in steps: numbers train as the bytes that are the same do") {
  const Data bytes = test::random_data(200, 40, kWidth, 3);
  Data numbers = bytes;
  for (Samples* samples : {&numbers.train, &numbers.test}) {
    samples->numbers.assign(samples->features.begin(), samples->features.end());
    samples->features.clear();
  }
  const Model normed = model({"batch_norm", "dense: {units: 7}", "batch_norm", "relu"});
  for (const std::size_t batch : {0U, 50U}) {
    Feed feed = feed_of({Shuffle::kOnce, batch, FeatureForm::kDense});
    feed.scale = Scale::kNone;
    const auto found = train_all(numbers, feed, {{&normed, 0.1, 3}})[0];
    CHECK(same_bits(found, train_all(bytes, feed, {{&normed, 0.1, 3}})[0]));
    CHECK(found.rows.back().train[0] < found.rows.front().train[0]);
  }
}

TEST_CASE("in steps: training sees the batch's statistics, everything else the running ones") {
  const Data data = test::random_data(300, 50, kWidth, 3, 0.9);
  const Model normed = model({"dense: {units: 7}", "batch_norm", "relu"});
  for (const std::size_t batch : {0U, 50U}) {
    CAPTURE(batch);
    const Feed feed = feed_of({Shuffle::kOnce, batch, FeatureForm::kAuto});
    const Split split = draw_split(feed.split, data.train.labels, feed.split_seed, 0);
    const auto found = train_all(data, feed, {{&normed, 0.3, 3}})[0];
    const auto& last = found.rows.back();
    const auto& parameters = found.outcome.parameters;
    if (batch == 0) {
      CHECK(last.train[0] ==
            doctest::Approx(loss_of(normed, parameters, data.train, split.train, true))
                .epsilon(1e-5));
    }
    const auto near = [&](const Samples& samples, const std::vector<std::uint32_t>& positions) {
      return doctest::Approx(loss_of(normed, parameters, samples, positions, false)).epsilon(1e-5);
    };
    CHECK(last.validation[0] == near(data.train, split.validation));
    CHECK(found.outcome.test[0] == near(data.test, all_of(data.test)));
    // The two ways of measuring differ by more than rounding.
    CHECK(std::abs(loss_of(normed, parameters, data.train, split.validation, true) -
                   last.validation[0]) > 1e-3);
  }
}

TEST_CASE("in steps: an update is remembered once, with the statistics of its batch") {
  const Data data = test::random_data(300, 50, kWidth, 3, 0.9);
  const Model normed = model({"batch_norm: {momentum: 0.5}"});
  Feed feed = feed_of({Shuffle::kNever, 0, FeatureForm::kAuto});
  const Split split = draw_split(feed.split, data.train.labels, feed.split_seed, 0);
  std::vector<double> expected(2 * kWidth);
  for (std::size_t d = 0; d < kWidth; ++d) {
    double sum = 0;
    double squares = 0;
    for (const std::uint32_t n : split.train) {
      const double x = data.train.features[n * kWidth + d] / 255.0;
      sum += x;
      squares += x * x;
    }
    const auto count = static_cast<double>(split.train.size());
    const double mean = sum / count;
    // Two updates: 1/4 of the start and 3/4 of the batch's.
    expected[d] = 0.75 * mean;
    expected[kWidth + d] = 0.25 + 0.75 * (squares / count - mean * mean) * count / (count - 1);
  }
  const auto parameters = train_all(data, feed, {{&normed, 0.3, 2}})[0].outcome.parameters;
  check_close({parameters.begin() + 2 * kWidth, parameters.begin() + 4 * kWidth}, expected, 1e-5);
}

TEST_CASE("in steps: running statistics that go non-finite are told") {
  const Data data = test::random_data(300, 50, kWidth, 3, 0.9);
  const Model normed =
      model({"dense: {units: 7, weights: {normal: {stddev: 1e25}}}", "batch_norm"});
  const auto found =
      train_all(data, feed_of({Shuffle::kOnce, 0, FeatureForm::kAuto}), {{&normed, 0.3, 3}})[0];
  CHECK(found.outcome.diverged);
  CHECK_EQ(found.outcome.first_non_finite, "1.batch_norm.running_variance");
}

TEST_CASE("in steps: what is frozen stays, and the running statistics go on") {
  const Data data = test::random_data(300, 50, kWidth, 3, 0.9);
  const Model frozen = model({"batch_norm: {frozen: true, shift: {constant: {value: 2}}}"});
  for (const std::size_t batch : {0U, 50U}) {
    const auto parameters = train_all(data, feed_of({Shuffle::kOnce, batch, FeatureForm::kAuto}),
                                      {{&frozen, 0.3, 2}})[0]
                                .outcome.parameters;
    for (std::size_t d = 0; d < kWidth; ++d) {
      CHECK_EQ(parameters[d], 1);
      CHECK_EQ(parameters[kWidth + d], 2);
      CHECK_NE(parameters[2 * kWidth + d], 0);
    }
  }
}

}  // namespace
}  // namespace nnrun

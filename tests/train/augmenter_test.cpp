#include "train/augmenter.h"

#include <algorithm>

#include "train/tiny.h"

namespace nnrun {
namespace {

using test::make_from;
using test::Matrix;

constexpr std::size_t kCount = 300;
const Shape kImage = {1, 4, 5};

Augmentations leaves(const std::vector<std::string>& texts) {
  Augmentations all;
  for (const std::string& text : texts) all.push_back(make_from<Augmentation>(text));
  return all;
}

const std::vector<std::string> kAll = {"noise: {stddev: 0.5}", "shift: {pixels: 1}",
                                       "rotation: {degrees: 20}"};

std::vector<std::uint32_t> positions(std::size_t count) {
  std::vector<std::uint32_t> all(count);
  for (std::uint32_t i = 0; i < count; ++i) all[i] = i;
  return all;
}

Samples images() { return test::random_samples(kCount, 20, 3, "images"); }

Matrix loaded(const std::vector<std::string>& texts, const std::vector<std::uint32_t>& at,
              std::size_t epoch = 1, std::uint64_t seed = 1) {
  const Samples samples = images();
  const FeatureScaling scaling(Scale::kUnit, samples, {});
  Matrix x(at.size(), 20);
  Augmenter(leaves(texts), kImage, seed).load(scaling, samples, at, epoch, x.view());
  return x;
}

TEST_CASE("augmenter: a sample is changed the same whatever stands beside it") {
  const Matrix all = loaded(kAll, positions(kCount));
  const Matrix some = loaded(kAll, {7, 299, 0});
  for (const auto& [row, position] : {std::pair{0, 7}, {1, 299}, {2, 0}}) {
    const auto a = some.view().row(static_cast<std::size_t>(row));
    const auto b = all.view().row(static_cast<std::size_t>(position));
    CHECK(std::equal(a.begin(), a.end(), b.begin()));
  }
}

TEST_CASE("augmenter: each epoch, seed and sample has draws of its own") {
  const Matrix one = loaded(kAll, {5});
  CHECK(one.values() == loaded(kAll, {5}).values());
  CHECK(one.values() != loaded(kAll, {5}, 2).values());
  CHECK(one.values() != loaded(kAll, {5}, 1, 2).values());
  const Matrix twice = loaded({"noise: {stddev: 0.5}", "noise: {stddev: 0.5}"}, {5});
  const Matrix once = loaded({"noise: {stddev: 0.5}"}, {5});
  CHECK(twice.values() != once.values());
}

TEST_CASE("augmenter: the data set's values change before they are scaled, the others after") {
  Samples samples{std::vector<std::uint8_t>(20, 255), {0}};
  const FeatureScaling scaling(Scale::kUnit, samples, {});
  Matrix x(1, 20);
  Augmenter(leaves({"shift: {pixels: 1}"}), kImage, 1)
      .load(scaling, samples, std::vector<std::uint32_t>{0}, 1, x.view());
  for (const Scalar value : x.values()) CHECK((value == 0 || value == 1));
  // Noise listed first comes last all the same: no vacated place is left at 0.
  const Matrix noisy = loaded({"noise: {stddev: 0.5}", "shift: {pixels: 1}"}, positions(20));
  CHECK(std::count(noisy.values().begin(), noisy.values().end(), Scalar{0}) == 0);
}

std::vector<test::History> histories(const Augmentations& augmentations, std::size_t batch,
                                     std::size_t threads, std::size_t jobs = 1) {
  Data data = test::random_data(kCount, 40, 20, 3);
  data.sample = kImage;
  Feed feed;
  feed.batch_size = batch;
  feed.augmentations = augmentations;
  const Model model = test::classifier(20);
  return test::train_all(data, feed, std::vector<test::Planned>(jobs, {&model, 0.1, 3}), threads);
}

TEST_CASE("augmenter: threads and other runs change no bit") {
  const Augmentations all = leaves(kAll);
  for (const std::size_t batch : {0, 50}) {
    const auto alone = histories(all, batch, 1)[0];
    CHECK(test::same_bits(alone, histories(all, batch, 3)[0]));
    CHECK(test::same_bits(alone, histories(all, batch, 2, 3)[2]));
  }
}

TEST_CASE("augmenter: training samples are changed, validation samples are not") {
  for (const std::size_t batch : {0, 50}) {
    const auto plain = histories({}, batch, 1)[0];
    const auto changed = histories(leaves({"noise: {stddev: 2}"}), batch, 1)[0];
    REQUIRE_EQ(changed.rows.size(), 4);
    // Row 0: the same weights, measured on changed training samples and on the same others, which the plain
    // run may have been given in the sparse form.
    CHECK(std::abs(changed.rows[0].train[0] - plain.rows[0].train[0]) > 1e-3);
    CHECK(std::abs(changed.rows[0].validation[0] - plain.rows[0].validation[0]) < 1e-5);
    CHECK(std::abs(changed.rows[3].validation[0] - plain.rows[3].validation[0]) > 1e-4);
  }
}

TEST_CASE("augmenter: in full batch, too, each epoch draws anew") {
  Data data = test::random_data(kCount, 40, 20, 3);
  Feed feed;
  feed.augmentations = leaves({"noise: {stddev: 2}"});
  const Model model = test::classifier(20);
  // With a learning rate that moves nothing, the training loss still differs from epoch to epoch.
  const auto history = test::train_all(data, feed, {{&model, 1e-30, 3}})[0];
  CHECK(history.rows[1].train[0] != history.rows[2].train[0]);
  CHECK(history.rows[2].train[0] != history.rows[3].train[0]);
  CHECK_EQ(history.rows[1].validation[0], history.rows[3].validation[0]);
}

}  // namespace
}  // namespace nnrun

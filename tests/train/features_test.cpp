#include "train/features.h"

#include <cmath>
#include <vector>

#include "train/tiny.h"

namespace nnrun {
namespace {

using test::check_close;
using test::Matrix;

// Three samples of two features; the second is the same in the first two.
const Samples kSamples = {{0, 10, 4, 10, 8, 99}, {0, 0, 0}};
const std::vector<std::uint32_t> kFittedOn = {0, 1};

std::vector<Scalar> loaded(Scale scale, const std::vector<std::uint32_t>& positions) {
  const FeatureScaling scaling(scale, kSamples, kFittedOn);
  Matrix x(positions.size(), 2);
  scaling.load(kSamples, positions, x.view());
  return x.values();
}

TEST_CASE("features: none gives the bytes in the order asked for") {
  check_close(loaded(Scale::kNone, {2, 0, 2}), {8, 99, 0, 10, 8, 99});
}

TEST_CASE("features: unit divides by 255") {
  check_close(loaded(Scale::kUnit, {1, 2}), {4 / 255.0, 10 / 255.0, 8 / 255.0, 99 / 255.0});
}

TEST_CASE("features: unit reaches 0 and 1 exactly") {
  const Samples samples = {{0, 255}, {0}};
  const FeatureScaling scaling(Scale::kUnit, samples, {});
  Matrix x(1, 2);
  scaling.load(samples, std::vector<std::uint32_t>{0}, x.view());
  CHECK_EQ(x.values()[0], Scalar{0});
  CHECK_EQ(x.values()[1], Scalar{1});
}

TEST_CASE("features: standard is fitted on the training samples alone") {
  // Of 0 and 4 the mean is 2 and the standard deviation 2: −1, 1, and 3 for the 8 left out.
  const auto found = loaded(Scale::kStandard, {0, 1, 2});
  CHECK_EQ(found[0], Scalar{-1});
  CHECK_EQ(found[2], Scalar{1});
  CHECK_EQ(found[4], Scalar{3});
}

TEST_CASE("features: a feature that never changes in training becomes 0") {
  const auto found = loaded(Scale::kStandard, {0, 1, 2});
  CHECK_EQ(found[1], Scalar{0});
  CHECK_EQ(found[3], Scalar{0});
  CHECK_EQ(found[5], Scalar{0});  // also where validation differs
}

TEST_CASE("features: standard gives mean 0 and deviation 1") {
  const Samples samples = test::random_samples(500, 3, 2, "standard");
  std::vector<std::uint32_t> all(500);
  for (std::uint32_t i = 0; i < 500; ++i) all[i] = i;
  const FeatureScaling scaling(Scale::kStandard, samples, all);
  Matrix x(500, 3);
  scaling.load(samples, all, x.view());
  for (std::size_t d = 0; d < 3; ++d) {
    double sum = 0;
    double squares = 0;
    for (std::size_t n = 0; n < 500; ++n) {
      const auto value = static_cast<double>(x.view().row(n)[d]);
      sum += value;
      squares += value * value;
    }
    CHECK(std::abs(sum / 500) < 1e-5);
    CHECK(std::abs(squares / 500 - 1) < 1e-5);
  }
}

// The same of numbers: three samples of three features, the second the same in the first two.
const Samples kNumbers = {{}, {0, 0, 0}, {-1, 0.1F, 1e6F, 3, 0.1F, 1e6F + 1, 5, 7, 1e6F}};

std::vector<Scalar> loaded_numbers(Scale scale) {
  const FeatureScaling scaling(scale, kNumbers, kFittedOn);
  Matrix x(3, 3);
  scaling.load(kNumbers, std::vector<std::uint32_t>{2, 0, 1}, x.view());
  return x.values();
}

TEST_CASE("features: numbers stay as they are without scaling") {
  CHECK(loaded_numbers(Scale::kNone) ==
        std::vector<Scalar>{5, 7, 1e6F, -1, 0.1F, 1e6F, 3, 0.1F, 1e6F + 1});
}

TEST_CASE("features: standard of numbers is fitted on the training samples alone") {
  // Of −1 and 3 the mean is 1 and the deviation 2; the second never changes; the third keeps its digits
  // though its mean is large beside its deviation of a half.
  CHECK(loaded_numbers(Scale::kStandard) == std::vector<Scalar>{2, 0, -1, -1, 0, -1, 1, 0, 1});
}

TEST_CASE("features: numbers are given to the first layer as numbers") {
  CHECK_FALSE(is_sparse({{}, {0, 0}, {0, 0, 0, 1}}, kFittedOn));
  CHECK_FALSE(FeatureScaling(Scale::kNone, kNumbers, kFittedOn).folds());
}

TEST_CASE("features: values and their scaling in two steps are the same") {
  for (const Samples& samples : {kSamples, kNumbers}) {
    for (const Scale scale : {Scale::kNone, Scale::kStandard}) {
      const FeatureScaling scaling(scale, samples, kFittedOn);
      Matrix once(3, scaling.width());
      Matrix twice(3, scaling.width());
      const std::vector<std::uint32_t> positions = {1, 2, 0};
      scaling.load(samples, positions, once.view());
      FeatureScaling::load_values(samples, positions, twice.view());
      scaling.scale(twice.view());
      CHECK(once.values() == twice.values());
    }
  }
}

}  // namespace
}  // namespace nnrun

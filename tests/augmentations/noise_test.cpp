#include <cmath>

#include "augmentations/augmented.h"

namespace nnrun {
namespace {

using test::augmented;
using test::misfit;

TEST_CASE("noise: has mean 0 and the deviation asked for, and is added") {
  const std::vector<Scalar> values(20000, 5);
  const auto noisy = augmented("noise: {stddev: 0.5}", {20000}, values);
  double sum = 0;
  double squares = 0;
  for (const Scalar value : noisy) {
    sum += double{value} - 5;
    squares += (double{value} - 5) * (double{value} - 5);
  }
  CHECK(std::abs(sum / 20000) < 0.02);
  CHECK(std::abs(std::sqrt(squares / 20000) - 0.5) < 0.02);
  CHECK(noisy != augmented("noise: {stddev: 0.5}", {20000}, values, 1));
}

TEST_CASE("noise: fits samples of any shape, and changes what scaling made") {
  CHECK_EQ(misfit("noise: {stddev: 1}", {7}), "");
  CHECK_EQ(misfit("noise: {stddev: 1}", {3, 4, 5}), "");
  CHECK(test::make_from<Augmentation>("noise: {stddev: 1}")->stage() ==
        Augmentation::Stage::kScaled);
  CHECK(test::contains(test::mistakes_in<Augmentation>("noise: {stddev: 0}"),
                       "noise.stddev: expected a real number > 0, got 0"));
}

}  // namespace
}  // namespace nnrun

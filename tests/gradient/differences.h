// Gradients by central differences, for comparison; built with double as the scalar.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "base/rng.h"
#include "support.h"

namespace nnrun::test {

static_assert(sizeof(Scalar) == sizeof(double), "differences need double precision");

/// Of an error that grows as step² and one that grows as 1e-16 / step, about the least of both.
constexpr double kStep = 1e-5;
constexpr double kTolerance = 1e-6;
/// Gradients smaller than this are compared absolutely: differences cannot see their digits.
constexpr double kSmallest = 1e-3;

/// Checks elements [from, from + count) of `gradient` against the central differences of `loss` over
/// those of `at`.
inline void check_gradient(const std::vector<Scalar>& gradient, std::vector<Scalar>& at,
                           std::size_t from, std::size_t count,
                           const std::function<double()>& loss) {
  REQUIRE_EQ(gradient.size(), at.size());
  for (std::size_t i = from; i < from + count; ++i) {
    const Scalar before = at[i];
    at[i] = before + kStep;
    const double above = loss();
    at[i] = before - kStep;
    const double below = loss();
    at[i] = before;
    const double difference = (above - below) / (2 * kStep);
    const double size = std::max({std::abs(difference), std::abs(gradient[i]), kSmallest});
    CAPTURE(i);
    CAPTURE(difference);
    CAPTURE(gradient[i]);
    CHECK(std::abs(difference - gradient[i]) <= kTolerance * size);
  }
}

/// The same over every element.
inline void check_gradient(const std::vector<Scalar>& gradient, std::vector<Scalar>& at,
                           const std::function<double()>& loss) {
  check_gradient(gradient, at, 0, at.size(), loss);
}

/// Numbers of either sign between 0.1 and 1.1 in size: no kink lies within a step (relu's and its like's
/// is at 0, hard_sigmoid's are at ±3).
inline std::vector<Scalar> away_from_zero(std::size_t count, const std::string& name) {
  const Stream stream(1, name);
  std::vector<Scalar> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double draw = 2 * stream.uniform(i) - 1;
    values[i] = draw + (draw < 0 ? -0.1 : 0.1);
  }
  return values;
}

}  // namespace nnrun::test

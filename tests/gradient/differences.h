// Gradients held against differences (train/gradient_check.h); built with double as the scalar.
#pragma once

#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "base/rng.h"
#include "support.h"
#include "train/gradient_check.h"

namespace nnrun::test {

static_assert(sizeof(Scalar) == sizeof(double), "differences need double precision");

/// Compares `gradient` with the differences of `loss` over every element of `at`.
inline GradientComparison compare(const std::vector<Scalar>& gradient, std::vector<Scalar>& at,
                                  const std::function<double()>& loss) {
  REQUIRE_EQ(gradient.size(), at.size());
  std::vector<std::size_t> all(at.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return compare_gradient(gradient, at, loss, all);
}

/// Checks every element; none may be at a kink.
inline void check_gradient(const std::vector<Scalar>& gradient, std::vector<Scalar>& at,
                           const std::function<double()>& loss) {
  const GradientComparison found = compare(gradient, at, loss);
  CAPTURE(found.where);
  CAPTURE(found.gradient);
  CAPTURE(found.difference);
  CAPTURE(found.largest_error);
  CHECK_EQ(found.checked, at.size());
  CHECK_EQ(found.wrong, 0);
  CHECK_EQ(found.kinks, 0);
}

/// Numbers of either sign between 0.1 and 1.1 in size: no kink (relu's is at 0) lies within a step.
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

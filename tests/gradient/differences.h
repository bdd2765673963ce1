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

/// Compares elements [from, from + count) of `gradient` with the differences of `loss` over those of
/// `at`.
inline GradientComparison compare(const std::vector<Scalar>& gradient, std::vector<Scalar>& at,
                                  std::size_t from, std::size_t count,
                                  const std::function<double()>& loss) {
  REQUIRE_EQ(gradient.size(), at.size());
  std::vector<std::size_t> elements(count);
  std::iota(elements.begin(), elements.end(), from);
  return compare_gradient(gradient, at, loss, elements);
}

/// The same over every element.
inline GradientComparison compare(const std::vector<Scalar>& gradient, std::vector<Scalar>& at,
                                  const std::function<double()>& loss) {
  return compare(gradient, at, 0, at.size(), loss);
}

/// Checks elements [from, from + count); none may be at a kink.
inline void check_gradient(const std::vector<Scalar>& gradient, std::vector<Scalar>& at,
                           std::size_t from, std::size_t count,
                           const std::function<double()>& loss) {
  const GradientComparison found = compare(gradient, at, from, count, loss);
  CAPTURE(found.where);
  CAPTURE(found.gradient);
  CAPTURE(found.difference);
  CAPTURE(found.largest_error);
  CHECK_EQ(found.checked, count);
  CHECK_EQ(found.wrong, 0);
  CHECK_EQ(found.kinks, 0);
}

/// The same for every element.
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

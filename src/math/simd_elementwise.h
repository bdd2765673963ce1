// What is done to each element of an array.
#pragma once

#include "math/simd_functions.h"

namespace nnrun::NNRUN_KERNEL {
namespace {

/// y[i] = f(x[i]). The last elements go through a whole vector too, so that every element is
/// computed alike.
template <class Function>
inline void map(const Scalar* x, Scalar* y, std::size_t count, Function function) {
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) store(y + i, function(load(x + i)));
  if (i < count) store_first(y + i, count - i, function(load_first(x + i, count - i)));
}

/// dx[i] = f(y[i], dy[i])
template <class Function>
inline void map_two(const Scalar* y, const Scalar* dy, Scalar* dx, std::size_t count,
                    Function function) {
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) store(dx + i, function(load(y + i), load(dy + i)));
  const std::size_t left = count - i;
  if (left > 0) {
    store_first(dx + i, left, function(load_first(y + i, left), load_first(dy + i, left)));
  }
}

void exponential(const Scalar* x, Scalar* y, std::size_t count) {
  map(x, y, count, [](Vector v) { return exponential_of(v); });
}

void sigmoid(const Scalar* x, Scalar* y, std::size_t count) {
  map(x, y, count, [](Vector v) { return sigmoid_of(v); });
}

void sigmoid_gradient(const Scalar* y, const Scalar* dy, Scalar* dx, std::size_t count) {
  map_two(y, dy, dx, count, [](Vector a, Vector d) { return d * a * (Scalar{1} - a); });
}

void hyperbolic_tangent(const Scalar* x, Scalar* y, std::size_t count) {
  map(x, y, count, [](Vector v) { return hyperbolic_tangent_of(v); });
}

void hyperbolic_tangent_gradient(const Scalar* y, const Scalar* dy, Scalar* dx, std::size_t count) {
  map_two(y, dy, dx, count, [](Vector a, Vector d) { return d * (Scalar{1} - a * a); });
}

void rectify(const Scalar* x, Scalar* y, std::size_t count) {
  // Not max(x, 0): NaN must stay NaN, so that divergence is seen.
  map(x, y, count, [](Vector v) { return v < Scalar{0} ? broadcast(0) : v; });
}

void rectify_gradient(const Scalar* y, const Scalar* dy, Scalar* dx, std::size_t count) {
  map_two(y, dy, dx, count, [](Vector a, Vector d) { return a > Scalar{0} ? d : broadcast(0); });
}

double binary_cross_entropy(const Scalar* z, const Scalar* y, std::size_t count) {
  double total = 0;
  for (std::size_t i = 0; i < count; i += kLanes) {
    const std::size_t here = count - i < kLanes ? count - i : kLanes;
    const Vector logit = here == kLanes ? load(z + i) : load_first(z + i, here);
    const Vector target = here == kLanes ? load(y + i) : load_first(y + i, here);
    const Vector size = logit < Scalar{0} ? -logit : logit;
    // z < 0 ? 0 : z, not max: a NaN must stay one.
    const Vector loss = (logit < Scalar{0} ? broadcast(0) : logit) - target * logit +
                        logarithm_of_one_plus(exponential_of(-size));
    for (std::size_t lane = 0; lane < here; ++lane) total += static_cast<double>(loss[lane]);
  }
  return total;
}

}  // namespace
}  // namespace nnrun::NNRUN_KERNEL

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

void exponential_minus_one(const Scalar* x, Scalar* y, std::size_t count) {
  map(x, y, count, [](Vector v) { return exponential_minus_one_of(v); });
}

void softplus_excess(const Scalar* x, Scalar* y, std::size_t count) {
  map(x, y, count, [](Vector v) { return softplus_excess_of(v); });
}

void normal_distribution(const Scalar* x, Scalar* y, std::size_t count) {
  map(x, y, count, [](Vector v) { return normal_distribution_of(v); });
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

/// One vector of a row, all parts of it.
inline Vector scaled_sum_at(const ScaledSum& sum, std::size_t row, std::size_t k,
                            std::size_t count) {
  const std::size_t at = row * sum.part_row + k;
  Vector total = {};
  for (std::size_t p = 0; p < sum.part_count; ++p) {
    const Scalar* part = sum.parts[p] + at;
    total += count == kLanes ? load(part) : load_first(part, count);
  }
  return total * sum.factors[row];
}

void scaled_sum(const ScaledSum& sum) {
  for (std::size_t row = 0; row < sum.rows; ++row) {
    Scalar* y = sum.y + row * sum.y_row;
    std::size_t k = 0;
    for (; k + kLanes <= sum.columns; k += kLanes) store(y + k, scaled_sum_at(sum, row, k, kLanes));
    const std::size_t left = sum.columns - k;
    if (left > 0) store_first(y + k, left, scaled_sum_at(sum, row, k, left));
  }
}

void add_scaled(const Scalar* x, Scalar factor, Scalar* y, std::size_t count) {
  map_two(y, x, y, count, [=](Vector a, Vector b) { return a + factor * b; });
}

/// Some columns of all rows at a time, so that their sums stay in registers.
template <std::size_t V>
inline void add_columns(const Scalar* x, std::size_t rows, std::size_t stride, Scalar* sums) {
  Vector sum[V];
  for (std::size_t v = 0; v < V; ++v) sum[v] = load(sums + v * kLanes);
  for (std::size_t n = 0; n < rows; ++n) {
    for (std::size_t v = 0; v < V; ++v) sum[v] += load(x + n * stride + v * kLanes);
  }
  for (std::size_t v = 0; v < V; ++v) store(sums + v * kLanes, sum[v]);
}

void add_rows(const Scalar* x, std::size_t rows, std::size_t columns, Scalar* sums) {
  if (rows == 0) return;  // x may have no address to count from
  std::size_t k = 0;
  for (; k + 4 * kLanes <= columns; k += 4 * kLanes) add_columns<4>(x + k, rows, columns, sums + k);
  for (; k + kLanes <= columns; k += kLanes) add_columns<1>(x + k, rows, columns, sums + k);
  for (std::size_t n = 0; n < rows; ++n) {
    for (std::size_t j = k; j < columns; ++j) sums[j] += x[n * columns + j];
  }
}

bool all_finite(const Scalar* x, std::size_t count) {
  // 0 · v is 0 for a finite v and NaN otherwise.
  Vector zeros[4] = {};
  std::size_t i = 0;
  for (; i + 4 * kLanes <= count; i += 4 * kLanes) {
    for (std::size_t v = 0; v < 4; ++v) zeros[v] += load(x + i + v * kLanes) * Scalar{0};
  }
  Scalar zero = sum_of((zeros[0] + zeros[1]) + (zeros[2] + zeros[3]));
  for (; i < count; ++i) zero += x[i] * Scalar{0};
  return zero == 0;
}

double binary_cross_entropy(const Scalar* z, const Scalar* y, std::size_t count) {
  double total = 0;
  for (std::size_t i = 0; i < count; i += kLanes) {
    const std::size_t here = count - i < kLanes ? count - i : kLanes;
    const Vector logit = here == kLanes ? load(z + i) : load_first(z + i, here);
    const Vector target = here == kLanes ? load(y + i) : load_first(y + i, here);
    // z < 0 ? 0 : z, not max: a NaN must stay one.
    const Vector loss =
        (logit < Scalar{0} ? broadcast(0) : logit) - target * logit + softplus_excess_of(logit);
    for (std::size_t lane = 0; lane < here; ++lane) total += static_cast<double>(loss[lane]);
  }
  return total;
}

}  // namespace
}  // namespace nnrun::NNRUN_KERNEL

#include "math/elementwise.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "math/kernels.h"

namespace nnrun {

void exponential(std::span<const Scalar> x, std::span<Scalar> y) {
  kernels().exponential(x.data(), y.data(), x.size());
}

void exponential_minus_one(std::span<const Scalar> x, std::span<Scalar> y) {
  kernels().exponential_minus_one(x.data(), y.data(), x.size());
}

void softplus_excess(std::span<const Scalar> x, std::span<Scalar> y) {
  kernels().softplus_excess(x.data(), y.data(), x.size());
}

void normal_distribution(std::span<const Scalar> x, std::span<Scalar> y) {
  kernels().normal_distribution(x.data(), y.data(), x.size());
}

void sigmoid(std::span<const Scalar> x, std::span<Scalar> y) {
  kernels().sigmoid(x.data(), y.data(), x.size());
}

void sigmoid_gradient(std::span<const Scalar> y, std::span<const Scalar> dy, std::span<Scalar> dx) {
  kernels().sigmoid_gradient(y.data(), dy.data(), dx.data(), y.size());
}

void hyperbolic_tangent(std::span<const Scalar> x, std::span<Scalar> y) {
  kernels().hyperbolic_tangent(x.data(), y.data(), x.size());
}

void hyperbolic_tangent_gradient(std::span<const Scalar> y, std::span<const Scalar> dy,
                                 std::span<Scalar> dx) {
  kernels().hyperbolic_tangent_gradient(y.data(), dy.data(), dx.data(), y.size());
}

void rectify(std::span<const Scalar> x, std::span<Scalar> y) {
  kernels().rectify(x.data(), y.data(), x.size());
}

void rectify_gradient(std::span<const Scalar> y, std::span<const Scalar> dy, std::span<Scalar> dx) {
  kernels().rectify_gradient(y.data(), dy.data(), dx.data(), y.size());
}

void softmax_rows(ConstMatrixView x, MatrixView y) {
  kernels().softmax_rows(x.data(), x.rows(), x.columns(), y.data());
}

void largest_of_rows(ConstMatrixView x, std::span<std::uint32_t> columns) {
  assert(columns.size() == x.rows());
  kernels().largest_of_rows(x.data(), x.rows(), x.columns(), columns.data());
}

double cross_entropy_sum(ConstMatrixView z, ConstMatrixView a,
                         std::span<const std::uint32_t> labels) {
  assert(labels.size() == z.rows());
  return kernels().cross_entropy(z.data(), a.data(), labels.data(), z.rows(), z.columns());
}

double binary_cross_entropy_sum(std::span<const Scalar> z, std::span<const Scalar> y) {
  assert(z.size() == y.size());
  return kernels().binary_cross_entropy(z.data(), y.data(), z.size());
}

void softmax_rows_gradient(ConstMatrixView y, ConstMatrixView dy, MatrixView dx) {
  for (std::size_t n = 0; n < y.rows(); ++n) {
    Scalar shared = 0;
    for (std::size_t k = 0; k < y.columns(); ++k) shared += dy.row(n)[k] * y.row(n)[k];
    for (std::size_t k = 0; k < y.columns(); ++k) {
      dx.row(n)[k] = y.row(n)[k] * (dy.row(n)[k] - shared);
    }
  }
}

void log_softmax_rows(ConstMatrixView x, MatrixView y) {
  softmax_rows(x, y);
  for (std::size_t n = 0; n < y.rows(); ++n) {
    const auto row = x.row(n);
    const auto largest = std::max_element(row.begin(), row.end());
    // The softmax of the largest is 1 / Σ e^(x − max x); all of a row with a NaN is NaN.
    const Scalar log_sum = -std::log(y.row(n)[static_cast<std::size_t>(largest - row.begin())]);
    map(row, y.row(n), [=, most = *largest](Scalar value) { return (value - most) - log_sum; });
  }
}

void log_softmax_rows_gradient(ConstMatrixView y, ConstMatrixView dy, MatrixView dx) {
  exponential(y.elements(), dx.elements());
  for (std::size_t n = 0; n < y.rows(); ++n) {
    Scalar total = 0;
    for (const Scalar value : dy.row(n)) total += value;
    update(dx.row(n), dy.row(n), [=](Scalar share, Scalar d) { return d - share * total; });
  }
}

double softplus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

void fill_rows(std::span<const Scalar> row, MatrixView y) {
  for (std::size_t n = 0; n < y.rows(); ++n) std::copy(row.begin(), row.end(), y.row(n).begin());
}

void add_row_sums(ConstMatrixView x, std::span<Scalar> sums) {
  kernels().add_rows(x.data(), x.rows(), x.columns(), sums.data());
}

void descend(std::span<Scalar> x, Scalar rate, std::span<const Scalar> direction) {
  kernels().add_scaled(direction.data(), -rate, x.data(), x.size());
}

void add(std::span<Scalar> sum, std::span<const Scalar> terms) {
  kernels().add_scaled(terms.data(), 1, sum.data(), sum.size());
}

bool all_finite(std::span<const Scalar> values) {
  return kernels().all_finite(values.data(), values.size());
}

}  // namespace nnrun

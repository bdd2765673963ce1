#include "math/elementwise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <xtensor/xadapt.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xnoalias.hpp>

namespace nnrun {

namespace {

template <class T>
auto adapt(std::span<T> values) {
  const std::array<std::size_t, 1> shape = {values.size()};
  return xt::adapt(values.data(), values.size(), xt::no_ownership(), shape);
}

void softmax_row(std::span<const Scalar> x, std::span<Scalar> y) {
  const Scalar largest = *std::max_element(x.begin(), x.end());
  Scalar total = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    y[k] = std::exp(x[k] - largest);
    total += y[k];
  }
  for (Scalar& value : y) value /= total;
}

}  // namespace

void sigmoid(std::span<const Scalar> x, std::span<Scalar> y) {
  auto result = adapt(y);
  xt::noalias(result) = Scalar{1} / (Scalar{1} + xt::exp(-adapt(x)));
}

void sigmoid_gradient(std::span<const Scalar> y, std::span<const Scalar> dy, std::span<Scalar> dx) {
  auto result = adapt(dx);
  const auto out = adapt(y);
  xt::noalias(result) = adapt(dy) * out * (Scalar{1} - out);
}

void hyperbolic_tangent(std::span<const Scalar> x, std::span<Scalar> y) {
  auto result = adapt(y);
  xt::noalias(result) = xt::tanh(adapt(x));
}

void hyperbolic_tangent_gradient(std::span<const Scalar> y, std::span<const Scalar> dy,
                                 std::span<Scalar> dx) {
  auto result = adapt(dx);
  const auto out = adapt(y);
  xt::noalias(result) = adapt(dy) * (Scalar{1} - out * out);
}

void rectify(std::span<const Scalar> x, std::span<Scalar> y) {
  // Not max(x, 0): NaN must stay NaN, so that divergence is seen.
  std::transform(x.begin(), x.end(), y.begin(),
                 [](Scalar value) { return value < 0 ? Scalar{0} : value; });
}

void rectify_gradient(std::span<const Scalar> y, std::span<const Scalar> dy, std::span<Scalar> dx) {
  for (std::size_t i = 0; i < y.size(); ++i) dx[i] = y[i] > 0 ? dy[i] : Scalar{0};
}

void softmax_rows(ConstMatrixView x, MatrixView y) {
  for (std::size_t n = 0; n < x.rows(); ++n) softmax_row(x.row(n), y.row(n));
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

void fill_rows(std::span<const Scalar> row, MatrixView y) {
  for (std::size_t n = 0; n < y.rows(); ++n) std::copy(row.begin(), row.end(), y.row(n).begin());
}

void add_row_sums(ConstMatrixView x, std::span<Scalar> sums) {
  for (std::size_t n = 0; n < x.rows(); ++n) add(sums, x.row(n));
}

void descend(std::span<Scalar> x, Scalar rate, std::span<const Scalar> direction) {
  for (std::size_t i = 0; i < x.size(); ++i) x[i] -= rate * direction[i];
}

void add(std::span<Scalar> sum, std::span<const Scalar> terms) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += terms[i];
}

bool all_finite(std::span<const Scalar> values) {
  // 0 · v is 0 for a finite v and NaN otherwise; a sum of zeros vectorises, a search does not.
  Scalar zero = 0;
  for (const Scalar value : values) zero += value * Scalar{0};
  return zero == 0;
}

}  // namespace nnrun

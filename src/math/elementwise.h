// What is done to each element of a block, or to each of its rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/tensor.h"

namespace nnrun {

// An element's value does not depend on its place or on its neighbours.

/// y = f(x). The compiler makes vectors of it where f has no branch: std::max, std::min, std::clamp and a
/// choice between values that are there already have none, a choice between x and 2 · x has one.
template <class Function>
void map(std::span<const Scalar> x, std::span<Scalar> y, Function f) {
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = f(x[i]);
}

/// y = f(y, x)
template <class Function>
void update(std::span<Scalar> y, std::span<const Scalar> x, Function f) {
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = f(y[i], x[i]);
}

/// y = eˣ
void exponential(std::span<const Scalar> x, std::span<Scalar> y);
/// y = eˣ − 1, exact to the last bits for small x too
void exponential_minus_one(std::span<const Scalar> x, std::span<Scalar> y);
/// y = log(1 + e^−|x|), by how much softplus lies above max(x, 0)
void softplus_excess(std::span<const Scalar> x, std::span<Scalar> y);
/// y = Φ(x) = (1 + erf(x / √2)) / 2, the probability that a standard normal number is below x
void normal_distribution(std::span<const Scalar> x, std::span<Scalar> y);

/// y = 1 / (1 + e⁻ˣ), equation 1 of the report; 0 and 1 at the far ends, never NaN for finite x.
void sigmoid(std::span<const Scalar> x, std::span<Scalar> y);
/// dx = dy · y · (1 − y)
void sigmoid_gradient(std::span<const Scalar> y, std::span<const Scalar> dy, std::span<Scalar> dx);

/// y = tanh x
void hyperbolic_tangent(std::span<const Scalar> x, std::span<Scalar> y);
/// dx = dy · (1 − y²)
void hyperbolic_tangent_gradient(std::span<const Scalar> y, std::span<const Scalar> dy,
                                 std::span<Scalar> dx);

/// y = max(x, 0)
void rectify(std::span<const Scalar> x, std::span<Scalar> y);
/// dx = dy where y > 0, else 0
void rectify_gradient(std::span<const Scalar> y, std::span<const Scalar> dy, std::span<Scalar> dx);

/// Each row: y = e^(x − max x) / Σ e^(x − max x), equation 23 of the report; stable for any x.
void softmax_rows(ConstMatrixView x, MatrixView y);
/// Each row: dx = y · (dy − Σ dy · y)
void softmax_rows_gradient(ConstMatrixView y, ConstMatrixView dy, MatrixView dx);

/// Each row: y = x − max x − log Σ e^(x − max x); stable for any x.
void log_softmax_rows(ConstMatrixView x, MatrixView y);
/// Each row: dx = dy − e^y · Σ dy; dx is none of the others.
void log_softmax_rows_gradient(ConstMatrixView y, ConstMatrixView dy, MatrixView dx);

/// The column of each row's largest value, the first of equals.
void largest_of_rows(ConstMatrixView x, std::span<std::uint32_t> columns);

/// Σ over the rows of −log a[label], from the logits z and a = softmax(z); stable for any z.
double cross_entropy_sum(ConstMatrixView z, ConstMatrixView a,
                         std::span<const std::uint32_t> labels);
/// Σ max(z, 0) − y z + log(1 + e^−|z|) over the elements; stable for any z.
double binary_cross_entropy_sum(std::span<const Scalar> z, std::span<const Scalar> y);

/// log(1 + e^x) of one number; stable for any x.
double softplus(double x);

/// Every row of y becomes `row`.
void fill_rows(std::span<const Scalar> row, MatrixView y);
/// sums += the sum of the rows of x, first to last.
void add_row_sums(ConstMatrixView x, std::span<Scalar> sums);

/// x = x − rate · direction
void descend(std::span<Scalar> x, Scalar rate, std::span<const Scalar> direction);
/// sum += terms
void add(std::span<Scalar> sum, std::span<const Scalar> terms);
/// Whether no element is NaN or infinite.
bool all_finite(std::span<const Scalar> values);

}  // namespace nnrun

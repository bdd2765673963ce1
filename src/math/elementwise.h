// What is done to each element of a block, or to each of its rows.
#pragma once

#include <cstdint>
#include <span>

#include "base/tensor.h"

namespace nnrun {

// An element's value does not depend on its place or on its neighbours.

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

/// The column of each row's largest value, the first of equals.
void largest_of_rows(ConstMatrixView x, std::span<std::uint32_t> columns);

/// Σ over the rows of −log a[label], from the logits z and a = softmax(z); stable for any z.
double cross_entropy_sum(ConstMatrixView z, ConstMatrixView a,
                         std::span<const std::uint32_t> labels);
/// Σ max(z, 0) − y z + log(1 + e^−|z|) over the elements; stable for any z.
double binary_cross_entropy_sum(std::span<const Scalar> z, std::span<const Scalar> y);

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

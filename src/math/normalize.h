// Sums over the channels of a block or over its rows, and values shifted and scaled by them.
#pragma once

#include <span>

#include "base/tensor.h"

namespace nnrun {

// A block of samples is [N, C, P] here: P places of each of C channels, C being the length of the
// spans. Rows of features have one place of each. Sums are made in double precision.

/// sums += Σ x and squares += Σ x² of each channel.
void add_channel_moments(ConstMatrixView x, std::span<double> sums, std::span<double> squares);
/// sums += Σ dy and products += Σ dy · (x − mean) of each channel.
void add_channel_products(ConstMatrixView dy, ConstMatrixView x, std::span<const Scalar> means,
                          std::span<double> sums, std::span<double> products);
/// y = factor · (x − mean) + shift, of the channel.
void scale_channels(ConstMatrixView x, std::span<const Scalar> means,
                    std::span<const Scalar> factors, std::span<const Scalar> shifts, MatrixView y);

/// The way back through statistics that depend on the samples, of each channel.
struct ChannelGradient {
  std::span<const Scalar> means;
  std::span<const Scalar> factors;
  std::span<const Scalar> constants;
  std::span<const Scalar> slopes;
};
/// dx = factor · (dy − constant − slope · (x − mean)), of the channel.
void channel_gradient(const ChannelGradient& channels, ConstMatrixView dy, ConstMatrixView x,
                      MatrixView dx);

/// What a row is normalised with: (x − mean) · inverse.
struct RowStatistics {
  Scalar mean;
  Scalar inverse;  ///< 1 / √(variance + epsilon), the variance being that of the row itself
};
RowStatistics row_statistics(std::span<const Scalar> x, double epsilon);

/// One row: y = scale · (x − mean) · inverse + shift.
void normalize_row(std::span<const Scalar> x, const RowStatistics& row,
                   std::span<const Scalar> scale, std::span<const Scalar> shift,
                   std::span<Scalar> y);
/// One row: d_scale += dy · x̂ and d_shift += dy, with x̂ = (x − mean) · inverse.
void add_row_gradient(std::span<const Scalar> x, const RowStatistics& row,
                      std::span<const Scalar> dy, std::span<Scalar> d_scale,
                      std::span<Scalar> d_shift);
/// One row: dx = inverse · (g − mean of g − x̂ · mean of g · x̂), with g = dy · scale.
void normalize_row_gradient(std::span<const Scalar> x, const RowStatistics& row,
                            std::span<const Scalar> scale, std::span<const Scalar> dy,
                            std::span<Scalar> dx);

}  // namespace nnrun

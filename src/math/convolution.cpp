#include "math/convolution.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "math/kernels.h"

namespace nnrun {

namespace {

/// Memory that a thread keeps from call to call.
struct Scratch {
  AlignedScalars in;
  AlignedScalars out;
  AlignedScalars sums;
};

Scratch& scratch() {
  thread_local Scratch own;
  return own;
}

/// Calls `body(first, count)` for as many samples as there are lanes, and for what is left.
template <class Body>
void each_tile(std::size_t samples, Body body) {
  const std::size_t lanes = kernels().lanes;
  for (std::size_t n = 0; n < samples; n += lanes) body(n, std::min(lanes, samples - n));
}

void to_lanes(ConstMatrixView rows, std::size_t first, std::size_t count, const LaneImages& images,
              Scalar* tile) {
  kernels().rows_to_lanes(rows.row(first).data(), count, rows.columns(), images.filled().data(),
                          tile);
}

}  // namespace

Convolution::Convolution(const WindowedImages& images, std::size_t outputs, std::size_t groups)
    : groups_(groups),
      outputs_(outputs / groups),
      channels_(images.channels / groups),
      kernel_(images.window.kernel),
      x_(padded_images(images, channels_)),
      dy_(spread_gradients(images, outputs, outputs_)),
      in_order_(std::max(x_.filled().size(), dy_.filled().size())) {
  assert(outputs % groups == 0 && images.channels % groups == 0);
  std::iota(in_order_.begin(), in_order_.end(), 0U);
}

std::size_t Convolution::weight_index(std::size_t output, std::size_t channel, std::size_t row,
                                      std::size_t column) const {
  return ((output * channels_ + channel) * kernel_.height + row) * kernel_.width + column;
}

/// [groups, taps, outputs], taps in the order of `padded_images`.
AlignedScalars Convolution::forward_weights(std::span<const Scalar> weights) const {
  AlignedScalars packed(weights.size());
  Scalar* next = packed.data();
  for (std::size_t g = 0; g < groups_; ++g) {
    for (std::size_t i = 0; i < kernel_.height; ++i) {
      for (std::size_t c = 0; c < channels_; ++c) {
        for (std::size_t j = 0; j < kernel_.width; ++j) {
          for (std::size_t k = 0; k < outputs_; ++k) {
            *next++ = weights[weight_index(g * outputs_ + k, c, i, j)];
          }
        }
      }
    }
  }
  return packed;
}

/// [groups, taps, channels], taps in the order of `spread_gradients`.
AlignedScalars Convolution::backward_weights(std::span<const Scalar> weights) const {
  AlignedScalars packed(weights.size());
  Scalar* next = packed.data();
  for (std::size_t g = 0; g < groups_; ++g) {
    for (std::size_t i = kernel_.height; i-- > 0;) {
      for (std::size_t k = 0; k < outputs_; ++k) {
        for (std::size_t j = kernel_.width; j-- > 0;) {
          for (std::size_t c = 0; c < channels_; ++c) {
            *next++ = weights[weight_index(g * outputs_ + k, c, i, j)];
          }
        }
      }
    }
  }
  return packed;
}

void Convolution::forward(std::span<const Scalar> weights, std::span<const Scalar> bias,
                          ConstMatrixView x, MatrixView y) const {
  const std::size_t lanes = kernels().lanes;
  const AlignedScalars packed = forward_weights(weights);
  const LaneWindows windows = x_.windows();
  Scratch& own = scratch();
  own.in.assign(x_.places() * lanes, 0);
  own.out.resize(std::max(own.out.size(), y.columns() * lanes));
  each_tile(x.rows(), [&](std::size_t first, std::size_t count) {
    to_lanes(x, first, count, x_, own.in.data());
    for (std::size_t g = 0; g < groups_; ++g) {
      kernels().lane_product({windows, own.in.data() + g * channels_ * x_.plane() * lanes,
                              packed.data() + g * group_weights(),
                              bias.empty() ? nullptr : bias.data() + g * outputs_, outputs_,
                              own.out.data() + g * outputs_ * windows.windows * lanes});
    }
    kernels().lanes_to_rows(own.out.data(), in_order_.data(), count, y.columns(),
                            y.row(first).data());
  });
}

void Convolution::input_gradient(std::span<const Scalar> weights, ConstMatrixView dy,
                                 MatrixView dx) const {
  const std::size_t lanes = kernels().lanes;
  const AlignedScalars packed = backward_weights(weights);
  const LaneWindows windows = dy_.windows();
  Scratch& own = scratch();
  own.in.assign(dy_.places() * lanes, 0);
  own.out.resize(std::max(own.out.size(), dx.columns() * lanes));
  each_tile(dy.rows(), [&](std::size_t first, std::size_t count) {
    to_lanes(dy, first, count, dy_, own.in.data());
    for (std::size_t g = 0; g < groups_; ++g) {
      kernels().lane_product({windows, own.in.data() + g * outputs_ * dy_.plane() * lanes,
                              packed.data() + g * group_weights(), nullptr, channels_,
                              own.out.data() + g * channels_ * windows.windows * lanes});
    }
    kernels().lanes_to_rows(own.out.data(), in_order_.data(), count, dx.columns(),
                            dx.row(first).data());
  });
}

void Convolution::add_tile_gradient(const Scalar* x, const Scalar* dy, Scalar* sums,
                                    Scalar* bias_sums) const {
  const std::size_t lanes = kernels().lanes;
  LaneWindows windows = x_.windows();
  const std::size_t dy_plane = windows.windows;
  for (std::size_t g = 0; g < groups_; ++g) {
    kernels().add_lane_gradient({windows, x + g * channels_ * x_.plane() * lanes,
                                 dy + g * outputs_ * dy_plane * lanes, in_order_.data(), dy_plane,
                                 outputs_, sums + g * group_weights() * lanes});
  }
  if (bias_sums == nullptr) return;
  // As a weight whose x is 1.
  const AlignedScalars one(lanes, 1);
  const std::vector<std::uint32_t> nowhere(windows.windows, 0);
  windows = {nowhere.data(), windows.windows, nowhere.data(), 1, nullptr};
  kernels().add_lane_gradient(
      {windows, one.data(), dy, in_order_.data(), dy_plane, groups_ * outputs_, bias_sums});
}

/// From [groups, outputs, taps] with the taps in the order of `padded_images`.
void Convolution::add_weight_sums(std::span<const Scalar> sums, std::span<Scalar> weights) const {
  const Scalar* next = sums.data();
  for (std::size_t k = 0; k < groups_ * outputs_; ++k) {
    for (std::size_t i = 0; i < kernel_.height; ++i) {
      for (std::size_t c = 0; c < channels_; ++c) {
        for (std::size_t j = 0; j < kernel_.width; ++j) {
          weights[weight_index(k, c, i, j)] += *next++;
        }
      }
    }
  }
}

void Convolution::add_gradient(ConstMatrixView x, ConstMatrixView dy, std::span<Scalar> weights,
                               std::span<Scalar> bias) const {
  const std::size_t lanes = kernels().lanes;
  const std::size_t count = weights.size() + bias.size();
  Scratch& own = scratch();
  own.in.assign(x_.places() * lanes, 0);
  own.out.resize(std::max(own.out.size(), dy.columns() * lanes));
  own.sums.assign(count * lanes, 0);
  Scalar* bias_sums = bias.empty() ? nullptr : own.sums.data() + weights.size() * lanes;
  each_tile(x.rows(), [&](std::size_t first, std::size_t rows) {
    to_lanes(x, first, rows, x_, own.in.data());
    kernels().rows_to_lanes(dy.row(first).data(), rows, dy.columns(), in_order_.data(),
                            own.out.data());
    add_tile_gradient(own.in.data(), own.out.data(), own.sums.data(), bias_sums);
  });
  AlignedScalars totals(count);
  kernels().sum_lanes(own.sums.data(), count, totals.data());
  add_weight_sums({totals.data(), weights.size()}, weights);
  for (std::size_t k = 0; k < bias.size(); ++k) bias[k] += totals[weights.size() + k];
}

}  // namespace nnrun

// Convolution of images, samples in the lanes of vectors. Each call runs on the calling thread alone.
#pragma once

#include <span>

#include "base/tensor.h"
#include "math/lane_images.h"
#include "math/window.h"

namespace nnrun {

/// Cross-correlation of images with a kernel for each output. The channels and the outputs are cut into
/// `groups` in their order, and a group's outputs see its channels alone; `groups` divides both.
/// Weights are [outputs, channels / groups, kernel height, kernel width].
class Convolution {
 public:
  Convolution(const WindowedImages& images, std::size_t outputs, std::size_t groups);

  /// y [N, outputs · windows] from x [N, channels · pixels]; without bias where it is empty.
  void forward(std::span<const Scalar> weights, std::span<const Scalar> bias, ConstMatrixView x,
               MatrixView y) const;

  /// dx from dy.
  void input_gradient(std::span<const Scalar> weights, ConstMatrixView dy, MatrixView dx) const;

  /// Adds to the gradients of the weights and of the bias, which may be empty.
  void add_gradient(ConstMatrixView x, ConstMatrixView dy, std::span<Scalar> weights,
                    std::span<Scalar> bias) const;

 private:
  /// Weights of a group.
  std::size_t group_weights() const {
    return outputs_ * channels_ * kernel_.height * kernel_.width;
  }
  std::size_t weight_index(std::size_t output, std::size_t channel, std::size_t row,
                           std::size_t column) const;
  AlignedScalars forward_weights(std::span<const Scalar> weights) const;
  AlignedScalars backward_weights(std::span<const Scalar> weights) const;
  void add_tile_gradient(const Scalar* x, const Scalar* dy, Scalar* sums, Scalar* bias_sums) const;
  void add_weight_sums(std::span<const Scalar> sums, std::span<Scalar> weights) const;

  std::size_t groups_;
  std::size_t outputs_;   ///< of a group
  std::size_t channels_;  ///< of a group
  Extent kernel_;
  LaneImages x_;
  LaneImages dy_;
  std::vector<std::uint32_t> in_order_;  ///< 0, 1, …: of a tile without gaps
};

}  // namespace nnrun

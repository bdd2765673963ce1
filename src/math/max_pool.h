// The largest value of each window over images, samples in the lanes of vectors. Each call runs on the calling
// thread alone.
#pragma once

#include <vector>

#include "base/tensor.h"
#include "math/lane_images.h"
#include "math/window.h"

namespace nnrun {

/// Each channel for itself. Padding never is the largest; what is not a number is.
class MaxPool {
 public:
  explicit MaxPool(const WindowedImages& images);

  /// y [N, channels · windows] from x [N, channels · pixels].
  void forward(ConstMatrixView x, MatrixView y) const;

  /// dx from dy: a window's dy goes to its largest value, the first of equals in the order of rows.
  void input_gradient(ConstMatrixView x, ConstMatrixView dy, MatrixView dx) const;

 private:
  std::size_t channels_;
  LaneImages x_;
  std::vector<std::uint32_t> in_order_;  ///< 0, 1, …: of a tile without gaps
};

}  // namespace nnrun

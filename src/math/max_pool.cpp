#include "math/max_pool.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "math/kernels.h"

namespace nnrun {

namespace {

constexpr Scalar kNever = -std::numeric_limits<Scalar>::infinity();

/// Memory that a thread keeps from call to call.
struct PoolScratch {
  AlignedScalars x;
  AlignedScalars y;
  AlignedScalars dx;
};

PoolScratch& pool_scratch() {
  thread_local PoolScratch own;
  return own;
}

}  // namespace

MaxPool::MaxPool(const WindowedImages& images)
    : channels_(images.channels),
      x_(padded_images(images, 1)),
      in_order_(channels_ * x_.windows().windows) {
  std::iota(in_order_.begin(), in_order_.end(), 0U);
}

void MaxPool::forward(ConstMatrixView x, MatrixView y) const {
  const std::size_t lanes = kernels().lanes;
  const LaneWindows windows = x_.windows();
  PoolScratch& own = pool_scratch();
  own.x.assign(x_.places() * lanes, kNever);
  own.y.resize(std::max(own.y.size(), y.columns() * lanes));
  for (std::size_t n = 0; n < x.rows(); n += lanes) {
    const std::size_t rows = std::min(lanes, x.rows() - n);
    kernels().rows_to_lanes(x.row(n).data(), rows, x.columns(), x_.filled().data(), own.x.data());
    for (std::size_t c = 0; c < channels_; ++c) {
      kernels().largest_of_windows(windows, own.x.data() + c * x_.plane() * lanes,
                                   own.y.data() + c * windows.windows * lanes);
    }
    kernels().lanes_to_rows(own.y.data(), in_order_.data(), rows, y.columns(), y.row(n).data());
  }
}

void MaxPool::input_gradient(ConstMatrixView x, ConstMatrixView dy, MatrixView dx) const {
  const std::size_t lanes = kernels().lanes;
  const LaneWindows windows = x_.windows();
  PoolScratch& own = pool_scratch();
  own.x.assign(x_.places() * lanes, kNever);
  own.y.resize(std::max(own.y.size(), dy.columns() * lanes));
  for (std::size_t n = 0; n < x.rows(); n += lanes) {
    const std::size_t rows = std::min(lanes, x.rows() - n);
    kernels().rows_to_lanes(x.row(n).data(), rows, x.columns(), x_.filled().data(), own.x.data());
    kernels().rows_to_lanes(dy.row(n).data(), rows, dy.columns(), in_order_.data(), own.y.data());
    own.dx.assign(x_.places() * lanes, 0);
    for (std::size_t c = 0; c < channels_; ++c) {
      const std::size_t plane = c * x_.plane() * lanes;
      kernels().add_largest_gradient(windows, own.x.data() + plane,
                                     own.y.data() + c * windows.windows * lanes,
                                     own.dx.data() + plane);
    }
    kernels().lanes_to_rows(own.dx.data(), x_.filled().data(), rows, dx.columns(),
                            dx.row(n).data());
  }
}

}  // namespace nnrun

// Where images, and windows over them, lie in a tile whose vectors hold a value of several samples.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/shape.h"
#include "math/kernels.h"
#include "math/window.h"

namespace nnrun {

/// Places along a side of a plane: first, first + step, …
struct Line {
  std::size_t first = 0;
  std::size_t step = 1;
  std::size_t count = 0;

  std::size_t operator[](std::size_t index) const { return first + step * index; }
};

/// A tile is a plane for each channel. Its places that no value fills are zeros (or what else adds
/// nothing): padding, and what a stride leaves out on the way back.
struct LaneLayout {
  std::size_t channels = 0;
  Extent plane;
  Line filled_rows;  ///< where the values of a channel stand
  Line filled_columns;
  Line window_rows;  ///< where the windows begin
  Line window_columns;
  std::size_t window_channels = 0;  ///< that a window sees
  Extent kernel;
  Extent dilation;
};

class LaneImages {
 public:
  explicit LaneImages(const LaneLayout& layout);

  /// Vectors of a tile, and of one of its planes.
  std::size_t places() const { return layout_.channels * plane(); }
  std::size_t plane() const { return layout_.plane.height * layout_.plane.width; }

  /// The place of each value, channel after channel: of [channels, rows, columns].
  std::span<const std::uint32_t> filled() const { return filled_; }
  /// From the first channel on; taps are [kernel rows, channels, kernel columns], so that those that
  /// a window has outside the filled rows are its first and its last ones.
  LaneWindows windows() const;

 private:
  void list_filled();
  void list_windows();
  void list_taps();
  TapRange range_at(std::size_t row) const;

  LaneLayout layout_;
  std::vector<std::uint32_t> filled_;
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> taps_;
  std::vector<TapRange> ranges_;
};

/// The images as they come, padded; a window sees `window_channels` channels.
LaneImages padded_images(const WindowedImages& images, std::size_t window_channels);

/// The gradients of `channels` outputs for each window, spread as far as the stride says, and windows
/// over them such that one is the gradient of one pixel: its taps are the kernel's, last to first.
LaneImages spread_gradients(const WindowedImages& images, std::size_t channels,
                            std::size_t window_channels);

}  // namespace nnrun

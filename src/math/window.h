// A window that slides over images, as convolution and pooling have it.
#pragma once

#include "base/shape.h"

namespace nnrun {

struct Window {
  Extent kernel = {};       ///< taps
  Extent stride = {};       ///< pixels from one window to the next
  Extent padding = {0, 0};  ///< pixels before the first and after the last of the image
  Extent dilation = {};     ///< pixels from one tap to the next
};

/// The images of a block, and what slides over them: as rows, samples have no height and width.
struct WindowedImages {
  std::size_t channels = 0;
  Extent extent;
  Window window;
};

/// Pixels from a window's first tap to its last, both counted.
inline Extent span_of(const Window& window) {
  return {window.dilation.height * (window.kernel.height - 1) + 1,
          window.dilation.width * (window.kernel.width - 1) + 1};
}

inline Extent padded(const Extent& image, const Window& window) {
  return {image.height + 2 * window.padding.height, image.width + 2 * window.padding.width};
}

/// How many windows there are: ⌊(H + 2p − d(k − 1) − 1) / s⌋ + 1 for each side. The window must fit.
inline Extent windows_over(const Extent& image, const Window& window) {
  const Extent room = padded(image, window);
  const Extent span = span_of(window);
  return {(room.height - span.height) / window.stride.height + 1,
          (room.width - span.width) / window.stride.width + 1};
}

}  // namespace nnrun

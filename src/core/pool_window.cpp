#include "core/pool_window.h"

#include <fmt/format.h>

#include "core/extent.h"

namespace nnrun {

Window read_pool_window(Options& options) {
  const auto kernel = read_extent(options, "kernel", 1);
  const auto stride = read_extent_or(options, "stride", 1, "kernel", kernel);
  const auto padding = read_extent(options, "padding", 0, 0);
  Window window;
  window.kernel = kernel.value_or(window.kernel);
  window.stride = stride.value_or(window.stride);
  window.padding = padding.value_or(window.padding);
  const Extent half = {window.kernel.height / 2, window.kernel.width / 2};
  const bool beyond = window.padding.height > half.height || window.padding.width > half.width;
  if (kernel && padding && beyond) {
    options.fail("padding",
                 fmt::format("a padding of {} is more than half of the kernel of {}; "
                             "accepted: at most {}",
                             to_text(window.padding), to_text(window.kernel), to_text(half)));
  }
  return window;
}

}  // namespace nnrun

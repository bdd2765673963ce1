// The options that pooling layers share.
#pragma once

#include "config/options.h"
#include "math/window.h"

namespace nnrun {

/// Reads kernel, stride (default: the kernel) and padding (default 0, at most half of the kernel).
Window read_pool_window(Options& options);

}  // namespace nnrun

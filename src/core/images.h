// What layers that slide a window over images need of the samples before them.
#pragma once

#include <string>

#include "base/shape.h"
#include "math/window.h"

namespace nnrun {

/// Throws Misfit unless samples of shape `input` are images [C, H, W]; `layer` names who asks.
void need_images(const std::string& layer, const Shape& input);

/// The images of shape `input` under the window. Throws Misfit when they are no images, or the window
/// does not fit, or they are too large with `channels` channels before or after.
WindowedImages slide(const std::string& layer, const Window& window, const Shape& input,
                     std::size_t channels);

}  // namespace nnrun

// How `clip_gradient` is written.
#pragma once

#include "config/options.h"
#include "train/gradient_clip.h"

namespace nnrun {

/// Reads the key `clip_gradient`: none, which is the default, {norm: X} or {value: X}.
GradientClip read_clip(Options& options);

}  // namespace nnrun

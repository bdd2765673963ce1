// `repeat` and `vary`: the seeds of runs that repeat each other.
#pragma once

#include "experiment/joint_axes.h"

namespace nnrun {

/// Makes `seed` an axis of seed, seed + 1, …, the last of all, so that the repeats of a grid point stand
/// together. What `vary` does not list is given the first seed in `seeds`. Whether there is a `repeat`.
bool read_repeat(const Node& written, Node& document, AxisPaths& paths, Diagnostics& diagnostics);

}  // namespace nnrun

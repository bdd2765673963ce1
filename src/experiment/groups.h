// Which runs are trained together.
#pragma once

#include <vector>

#include "experiment/runner.h"

namespace nnrun {

/// Runs that see the same samples in the same order, in groups of what memory and open files allow.
std::vector<std::vector<RunRef>> groups(const std::vector<Sweep>& sweeps,
                                        const std::vector<RunRef>& refs);

}  // namespace nnrun

// Which runs are trained together.
#pragma once

#include <string>
#include <vector>

#include "experiment/runner.h"

namespace nnrun {

/// The same for runs that can be trained in lockstep: they share their samples and the order of them.
std::string group_key(const Experiment& experiment);

/// Runs that see the same samples in the same order and are equally far, in groups of what memory and
/// open files allow. `states` of each sweep's runs.
std::vector<std::vector<RunRef>> groups(const std::vector<Sweep>& sweeps,
                                        const std::vector<RunRef>& refs,
                                        const std::vector<std::vector<RunState>>& states);

}  // namespace nnrun

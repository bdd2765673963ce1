// The memory that a run takes for itself.
#pragma once

#include <cstddef>

#include "experiment/spec.h"

namespace nnrun {

/// Samples that a step of the run is computed from.
std::size_t batch_samples(const Experiment& experiment);

/// Bytes that a run adds to the group that it is trained in: its parameters, their gradients, what its
/// optimizer remembers, what its metrics keep of each sample, and the rows of its curves. A real number: no
/// network is so large that it would not hold it.
double run_bytes(const Experiment& experiment);

}  // namespace nnrun

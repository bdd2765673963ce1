// Whether an experiment's batches and epochs are enough for what it asks of them.
#pragma once

#include "experiment/spec.h"

namespace nnrun {

/// Reports a batch of fewer samples than the network can be trained on, where its shapes are known, and a
/// warm-up that lasts as long as the run. The split must be known.
void check_feeding(const Experiment& experiment, bool shapes_known, const Options& top);

}  // namespace nnrun

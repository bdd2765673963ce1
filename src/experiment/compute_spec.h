// The section `compute` of an experiment file: how it is computed.
#pragma once

#include "experiment/spec.h"

namespace nnrun {

/// Reads the section, once the data set is. What the data set does not fit is reported where its facts are known.
void read_compute(Options& top, Experiment& experiment, bool facts_known);

}  // namespace nnrun

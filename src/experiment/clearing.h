// Room for what is to be trained: what the plan replaces goes, and what crashes left over.
#pragma once

#include <vector>

#include "experiment/plan.h"

namespace nnrun {

/// Removes the files of the runs that the plan replaces, at once and before anything is trained, so that the
/// same command without --fresh or --retry can go on after a crash; and checkpoints that stand beside finished
/// runs. `plan.states` says afterwards what is there. Each run is looked at again under its lock: what another
/// nnrun has retried meanwhile stays. Throws an Error when --fresh meets a run that another nnrun trains.
void clear_away(const std::vector<Sweep>& sweeps, const RunOptions& options, Plan& plan);

}  // namespace nnrun

// Runs that differ in nothing but their seed, or in nothing that matters, as one row.
#pragma once

#include <string>
#include <vector>

#include "experiment/stored_run.h"
#include "report/output_table.h"

namespace nnrun {

/// One row for each value of these settings, in the order in which the runs have them: the values, how many
/// runs, how many of them diverged, and of each figure the mean, the standard deviation (n - 1 in the
/// denominator; missing for one run) and the best. What diverged is counted, and left out of the figures;
/// so is a run that lacks one. A setting may be a whole part of the configuration ("optimizer"). Throws an
/// Error for a setting that no run has.
OutputTable compare_groups(const std::vector<StoredRun>& runs,
                           const std::vector<std::string>& settings);

}  // namespace nnrun

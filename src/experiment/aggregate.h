// Tables of repeats: what the runs of each grid point came to together.
#pragma once

#include <filesystem>
#include <vector>

#include "experiment/run_state.h"
#include "experiment/sweep.h"

namespace nnrun {

/// Writes aggregate.csv and aggregate_runs.csv from the finished runs of the tree; `states` are those of the sweep's
/// runs. Both have a column for each swept field but the repeat fields (grid_points.h), then:
///   aggregate.csv       epoch · n: runs that have a row of it · diverged: runs
///   aggregate_runs.csv  n: runs · diverged · missing: runs that are not finished or failed
/// and of each column X of metrics.csv, or each figure X of runs.csv, X_mean, X_sd, X_low and X_high: the mean, the
/// standard deviation of the sample and the 95 % interval of the mean (core/statistics.h) of the values that are there.
/// Runs that diverged are counted alone. Where no grid point has several runs there are no such tables: those of an
/// earlier grid are removed.
void write_aggregates(const std::filesystem::path& folder, const Sweep& sweep,
                      const std::vector<RunState>& states);

}  // namespace nnrun

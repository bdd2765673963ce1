// Finished runs side by side.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "experiment/stored_run.h"
#include "report/output_format.h"

namespace nnrun {

/// The paths of the settings in which the runs differ, in the order of their configurations. An
/// experiment's name and description are none: nothing is computed from them.
std::vector<std::string> differing_settings(const std::vector<StoredRun>& runs);

/// A setting's value, empty when the run has none of this path.
std::string setting(const StoredRun& run, const std::string& path);

/// One row for each run: its name, the settings in which the runs differ, its status, its last and
/// best validation figures, test figures and convergence epoch. `all`: every figure of runs.csv,
/// and the settings that the runs' names tell already.
OutputTable compare(const std::vector<StoredRun>& runs, bool all);

/// The same with all columns; those that `all` adds are marked as details.
OutputTable whole_comparison(const std::vector<StoredRun>& runs);

/// What the rows of a comparison begin with: the run's name, as short as it can be, and the settings in which the runs
/// differ; those that their names tell are details.
OutputTable named_rows(const std::vector<StoredRun>& runs);

/// The figures of runs.csv that these runs have, in its order: each a column, with what its best is.
std::vector<OutputColumn> compared_figures(const std::vector<StoredRun>& runs);

/// Whether a column of figures is a detail for what its cells say: all the same, or nothing.
bool says_nothing(const OutputColumn& column, const std::vector<std::string>& cells);

}  // namespace nnrun

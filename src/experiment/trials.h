// The trials of a search: which points of its axes, and in which order.
#pragma once

#include <vector>

#include "experiment/expander.h"

namespace nnrun {

/// The runs of the trials, the repeats of a trial together. Random trials of axes with a finite number of points are
/// the first of all points in random order; other trials are drawn, again where a point was drawn
/// before or `exclude:` matches it. Mistakes go to the diagnostics, marked at the search.
std::vector<Run> trial_runs(const Node& document, const Study& study, Expander& expander,
                            Diagnostics& diagnostics);

/// Numbers the runs by their trial: repeats of a grid point have the same.
void number_trials(std::vector<Run>& runs);

/// The trials that the runs are of, once they are numbered.
std::size_t trial_count(const std::vector<Run>& runs);

}  // namespace nnrun

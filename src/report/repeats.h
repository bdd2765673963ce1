// The runs of one grid point, put together.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/statistics.h"
#include "experiment/stored_run.h"

namespace nnrun {

/// What the repeats of one grid point came to (experiment/grid_points.h): of every value of their curves, epoch by
/// epoch, and of every figure what there is to say of it. Runs that diverged or are not finished are counted, and
/// averaged in nothing; a row or a figure that only some runs have is averaged over those.
struct Repeats {
  /// A run that stands for them all: its curves and figures are the means, and its name and settings are without the
  /// repeat fields.
  StoredRun mean;
  std::vector<std::vector<Statistics>> values;  ///< of mean.curves.values
  std::map<std::string, Statistics> figures;    ///< of mean.curves.figures
  std::vector<const StoredRun*> runs;           ///< all of them
  std::vector<const StoredRun*> averaged;
  std::size_t diverged = 0;  ///< runs
  std::size_t missing = 0;   ///< runs that are not finished, failed or are damaged
};

/// One for each grid point, in the order of their first runs; `runs` outlive it. Runs of different folders are
/// repeats of none.
std::vector<Repeats> repeats_of(const std::vector<StoredRun>& runs);

/// Whether any grid point has several of these runs.
bool have_repeats(const std::vector<StoredRun>& runs);

/// What repeats differ in, as their names tell: "seeds", "folds", "seeds and folds".
std::string repeated_over(const std::vector<StoredRun>& runs);

/// "0.9785 ± 0.0012": mean and standard deviation, if there is one, with so many digits behind the point.
std::string mean_and_deviation_text(double mean, std::optional<double> deviation, int digits);

}  // namespace nnrun

// Runs that differ in nothing but their seed, put together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/report_source.h"

namespace nnrun {

/// What the runs of one group came to: mean m = Σ x / n and sample standard deviation
/// s = √(Σ (x − m)² / (n − 1)) of every value of their curves, epoch by epoch, and of every figure.
/// Runs that diverged or are not finished are counted, and averaged in nothing. Of n < 2 values there is no deviation: NaN.
struct Repeats {
  /// A run for each group, in the order of their first runs; its curves and figures are the means, and its
  /// name is made of the fields that tell the groups apart.
  ReportExperiment means;
  std::vector<Curves> deviations;     ///< of the same values
  std::vector<std::size_t> averaged;  ///< runs
  std::vector<std::size_t> diverged;  ///< runs
  std::vector<std::size_t> missing;   ///< runs that are not finished, failed or are damaged
};

/// Nothing where no two runs differ in their seed alone.
std::optional<Repeats> repeats_of(const ReportExperiment& experiment);

struct MeanAndDeviation {
  double mean = 0;
  double deviation = 0;
};

/// m and s as above, of those values that are finite; NaN where they are none, or for s fewer than two.
MeanAndDeviation mean_and_deviation(const std::vector<double>& values);

/// The mean of those values that are finite; NaN where none is.
double mean_of(const std::vector<double>& values);

}  // namespace nnrun

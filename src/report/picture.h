// What a picture of curves shows: everything but how it is drawn.
#pragma once

#include <string>
#include <vector>

#include "experiment/stored_run.h"
#include "report/figure.h"

namespace nnrun {

/// Margins around what lies beyond could not be computed.
constexpr double kLargestDrawn = 1e100;

/// One run's curves. Row `e` is the network after `e` epochs; what is not finite is a gap.
struct Series {
  std::string label;  ///< "learning rate 0.3"; empty when there is nothing to tell apart
  std::vector<double> train;
  std::vector<double> validation;
};

struct Picture {
  std::string title;
  std::string y_label;  ///< with its unit: "accuracy (share of samples)"
  std::vector<Series> series;
  Layout layout = Layout::kOverlay;
  Range x;  ///< epochs
  Range y;
  bool logarithmic = false;
  std::string x_label = "epoch";
  std::vector<double> x_values = {};  ///< of the points of each series; empty: their epochs
  bool x_logarithmic = false;
};

/// A run's curves of a measure, empty where it has none.
Series make_series(const StoredRun& run, const std::string& label, const std::string& metric);

/// The ends of the y axis: all values of all series, one for each run, with a margin. A run that diverged
/// counts with its first value alone where others did not.
Range y_range(const std::vector<Series>& series, const std::vector<StoredRun>& runs,
              bool logarithmic);

/// The picture of `figure` from the runs it names, in their order. Throws an Error when a run has
/// not measured the metric, or when there are too many.
Picture make_picture(const Figure& figure, const std::vector<StoredRun>& runs);

}  // namespace nnrun

// What a picture of curves shows: everything but how it is drawn.
#pragma once

#include <string>
#include <vector>

#include "experiment/stored_run.h"
#include "report/figure.h"
#include "report/repeats.h"

namespace nnrun {

/// Margins around what lies beyond could not be computed.
constexpr double kLargestDrawn = 1e100;

/// The ends of what is shaded around a curve, row by row; both empty where nothing is.
struct CurveBand {
  std::vector<double> low;
  std::vector<double> high;
};

/// One run's curves, or the means of a grid point's repeats. Row `e` is the network after `e` epochs; what is not
/// finite is a gap.
struct Series {
  std::string label;  ///< "learning rate 0.3"; empty when there is nothing to tell apart
  std::vector<double> train;
  std::vector<double> validation;
  CurveBand train_band = {};
  CurveBand validation_band = {};
};

struct Picture {
  std::string title;
  std::string y_label;  ///< with its unit: "accuracy (share of samples)"
  std::vector<Series> series;
  Layout layout = Layout::kOverlay;
  Range x;  ///< epochs
  Range y;
  bool logarithmic = false;
  std::string note =
      {};  ///< what is drawn of repeats: "mean of 10 seeds, shaded: its 95 % interval"
  std::string x_label = "epoch";
  std::vector<double> x_values = {};  ///< of the points of each series; empty: their epochs
  bool x_logarithmic = false;
  bool all_points = false;  ///< a mark at each point
};

/// A run's curves of a measure, empty where it has none.
Series make_series(const StoredRun& run, const std::string& label, const std::string& metric);

/// The ends of the y axis: all values of all series, one for each run, with a margin. A run that diverged
/// counts with its first value alone where others did not.
Range y_range(const std::vector<Series>& series, const std::vector<StoredRun>& runs,
              bool logarithmic);

/// "mean of 10 seeds, shaded: its 95 % interval".
std::string repeats_note(const std::vector<Repeats>& points, const std::string& over, Band band);

/// The picture of `figure` from the runs it names, in their order; of repeats the mean, with a band. Throws an Error when a run has
/// not measured the metric, or when there are too many.
Picture make_picture(const Figure& figure, const std::vector<StoredRun>& runs);

}  // namespace nnrun

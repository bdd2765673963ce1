// A figure as a manifest describes it: which runs of an experiment, and what of them is drawn.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/options.h"
#include "report/experiments.h"

namespace nnrun {

/// The ends of an axis.
struct Range {
  double low = 0;
  double high = 1;
};

enum class Layout {
  kOverlay,  ///< all runs in one diagram
  kPanels,   ///< a diagram for each run, with the same axes
};

/// What is shaded around the mean curve of repeats.
enum class Band {
  kInterval,   ///< the 95 % interval of the mean
  kDeviation,  ///< one standard deviation to each side
  kNone,
};

/// The most runs whose colours and marks can be told apart in one diagram.
constexpr std::size_t kMostOverlaid = 42;
/// The most diagrams on one page.
constexpr std::size_t kMostPanels = 60;

struct Figure {
  std::string name;               ///< of its files: "8a"
  std::string title;              ///< above the picture
  std::string experiment;         ///< key of the manifest's experiments
  std::vector<std::string> runs;  ///< folder names; empty: all runs of the experiment
  std::string metric;             ///< "loss" draws train_loss and validation_loss
  Layout layout = Layout::kOverlay;
  std::optional<Range> x_range;  ///< epochs; what the runs need when it is not given
  std::optional<Range> y_range;
  bool logarithmic = false;  ///< the y axis
  Band band = Band::kInterval;
  std::string against;  ///< a swept field: final values over its values; empty: curves over epochs
  bool each_run = false;  ///< also where runs are repeats, of which the mean is drawn else
};

/// "interval", "sd", "none": as manifests and the command line have it.
const std::vector<std::string>& band_names();
Band band_of(const std::string& name);

/// What is wrong with so many runs in one figure, or nothing. Those of which the mean is drawn count as one.
std::string too_many_runs(Layout layout, std::size_t runs);

/// Reads one item of `figures:`.
///   name        letters, digits, '_', '-' and '.', at most 100, not starting with '.' or '-'
///   title       text, default: the name
///   experiment  a key of `experiments`
///   runs        list of its runs' folder names, default: all
///   metric      loss, or a metric of the experiment
///   layout      overlay (default) | panels
///   x_range, y_range   [low, high], low < high
///   y_scale     linear (default) | log
///   against     a field that the experiment sweeps: the metric's final values over it, not its curves; no panels
///   band        interval (default) | sd | none: around the mean, where runs are repeats
/// A mistake, such as an experiment or run that does not exist, is added to the diagnostics.
std::optional<Figure> read_figure(const Slot& slot,
                                  const std::vector<ManifestExperiment>& experiments);

/// Reads the key `figures`, a list that may be missing. A name given twice is a mistake.
std::vector<Figure> read_figures(Options& manifest,
                                 const std::vector<ManifestExperiment>& experiments);

}  // namespace nnrun

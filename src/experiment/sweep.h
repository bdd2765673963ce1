// An experiment file as the runs it stands for. Writes nothing, and reads of data what shapes and classes
// follow from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/diagnostics.h"
#include "config/document.h"
#include "config/match.h"
#include "config/node.h"
#include "core/search.h"
#include "experiment/spec.h"

namespace nnrun {

/// A field that takes several values in the grid, and the one it has in a run.
struct SweptField {
  std::string path;   ///< "network.0.dense.units"
  std::string value;  ///< as folder names and tables show it: "16", "normal_stddev_0.01_mean_0"
};

/// Without the user's yes no file may stand for more runs.
inline constexpr std::size_t kMostRunsUnasked = 100000;
enum class ManyRuns { kRefuse, kAllow };

/// One grid point.
struct Run {
  std::string folder;              ///< below the experiment's: "learning_rate=0.3", or "run"
  std::vector<SweptField> fields;  ///< in the order of the axes
  /// The document of this run as JSON, every default filled in: a tree of it would take 10 KB, and
  /// a grid can have 100000 runs.
  std::string configuration;
  Experiment experiment;
  std::size_t trial =
      0;  ///< runs that differ only in what repeats them have the same, in the order of the runs
  bool chosen = true;  ///< by --only and --limit: others are not trained

  /// The value of a field, empty when this run does not have it.
  std::string value(const std::string& path) const;
};

struct Sweep {
  std::string source;  ///< the file it was read from
  std::string name;
  std::vector<std::string> fields;  ///< the paths of all swept fields, in order
  std::vector<Run> runs;            ///< the last axis fastest; of a search, trial by trial
  Node resolved;                    ///< the whole document, axes included, every default filled in
  /// Of a search that stops trials before their end, trials in the order of the brackets; else empty.
  std::vector<Bracket> brackets;
  std::shared_ptr<const Search> search;  ///< null: the whole grid
};

/// Every list-valued field and every entry of `grid:` is an axis, and so are the columns of `zip:` together and the
/// rows of `runs:`; axes multiply, in the order in which they stand in the document. With `search:` their points
/// are drawn instead. Nothing when a mistake was added to `diagnostics`.
std::optional<Sweep> expand(Node document, Diagnostics& diagnostics,
                            ManyRuns many = ManyRuns::kRefuse);

/// Reads a file and expands it. Nothing when a mistake was added to `diagnostics`.
std::optional<Sweep> load_sweep(const std::string& file, const std::vector<Override>& overrides,
                                Diagnostics& diagnostics, ManyRuns many = ManyRuns::kRefuse);

/// Reads all files, with arguments of `--set`; throws an Error with every mistake of all of them.
std::vector<Sweep> load_sweeps(const std::vector<std::string>& files,
                               const std::vector<std::string>& arguments,
                               ManyRuns many = ManyRuns::kRefuse);

/// Which runs are trained: those that one of these patterns matches, or all where there is none, and of them
/// the first so many of each file.
struct RunChoice {
  std::vector<std::string> only;  ///< "learning_rate=0.7,seed=2"
  std::optional<std::size_t> limit;
};

/// Throws an Error for a pattern that no run matches.
void choose(std::vector<Sweep>& sweeps, const RunChoice& choice);

}  // namespace nnrun

// A run read back from the results tree, without its experiment file.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/curves.h"

namespace nnrun {

struct StoredRun {
  std::filesystem::path folder;
  std::string experiment;           ///< "task3_lr_sweep"
  std::string name;                 ///< "learning_rate=0.3"
  std::string status;               ///< "completed", "stopped_early", "diverged"
  std::string message;              ///< why it diverged, or what else went wrong
  std::vector<std::string> fields;  ///< what its experiment swept: "learning_rate"
  /// Its configuration, flat: "network[0].dense.units" and "64".
  std::vector<std::pair<std::string, std::string>> settings;
  Curves curves;
};

/// The folders of runs that a runs.csv lists in its column `path`, in its order, whether they are there or
/// not: those of an experiment, or of all experiments of `nnrun batch`. None where there is no runs.csv, and none of a row that is
/// not whole.
std::vector<std::filesystem::path> listed_folders(const std::filesystem::path& folder);

/// The folders of finished runs: `folder` itself when it is a run's, else those in it, in the order
/// of its runs.csv, or of their names where that is missing. Throws an Error when there are none.
std::vector<std::filesystem::path> run_folders(const std::filesystem::path& folder);

/// Reads run.json and metrics.csv. Throws an Error that names what is missing or damaged.
StoredRun read_stored_run(const std::filesystem::path& folder);

/// What is kept of runs that are read together: the curves of a large grid would fill the memory.
/// With kFigures each curve is there, and empty.
enum class Keep { kCurves, kFigures };

/// The runs of these folders, each an experiment's or a run's, in this order. Throws an Error when a
/// folder has none, when a run is given twice, or when one is damaged.
std::vector<StoredRun> read_runs(const std::vector<std::filesystem::path>& folders, Keep keep);

}  // namespace nnrun

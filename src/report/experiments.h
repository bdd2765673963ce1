// The experiments of a manifest, and how its figures and claims name them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/options.h"
#include "experiment/sweep.h"

namespace nnrun {

/// An experiment of a manifest.
struct ManifestExperiment {
  std::string key;  ///< what figures and claims call it
  Mark mark;        ///< of the key
  /// Without runs while the manifest is read and the file has mistakes, which are reported.
  Sweep sweep;
  std::filesystem::path folder;  ///< of its results, below the results tree

  bool known() const { return !sweep.runs.empty(); }
};

/// A run of a manifest's experiment.
struct ManifestRun {
  std::size_t experiment = 0;
  std::size_t run = 0;

  friend auto operator<=>(const ManifestRun&, const ManifestRun&) = default;
};

/// Reads the key `experiments`: names with the files that they stand for, each path relative to the
/// manifest it is written in. `overrides` are applied to every file. Mistakes in the files are added
/// to the diagnostics of `manifest`'s reading.
std::vector<ManifestExperiment> read_experiments(Options& manifest,
                                                 const std::vector<Override>& overrides);

/// Reads the key `experiment`. Nothing when no experiment is called so, which is reported.
std::optional<std::size_t> read_experiment_key(Options& options,
                                               const std::vector<ManifestExperiment>& experiments);

/// The position of the run that is named `name`, found at the key or item that `place` is.
/// Nothing when there is none, which is reported.
std::optional<std::size_t> find_run(const Slot& place, const ManifestExperiment& experiment);

}  // namespace nnrun

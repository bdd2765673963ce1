// How a run ended, and what it came to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/tensor.h"
#include "train/network.h"

namespace nnrun {

struct ActiveRun;
struct Tally;

/// What tells a run that learned from one that did not: its weights on the test samples, or on the
/// validation samples where there are none. Empty if diverged, or of no samples.
struct LastLook {
  bool on_test = true;
  std::vector<std::uint64_t> confusion;   ///< [classes, classes], true and predicted
  std::vector<HiddenUnits> hidden_units;  ///< on some thousand of these samples
};

struct Outcome {
  bool diverged = false;
  bool paused = false;  ///< it may go on: a checkpoint of the step before its last row is there
  std::size_t last_epoch = 0;
  std::string first_non_finite;  ///< when diverged: what went NaN or infinite first
  std::string stopped;           ///< why it was stopped before its last epoch, if it was
  std::vector<Scalar> parameters;
  /// Whose weights `parameters` are, where those of the best epoch are asked for; not if diverged.
  std::optional<std::size_t> weights_epoch;
  /// The weights of the best epoch beside them, where these are asked for.
  std::vector<Scalar> best_parameters;
  std::optional<std::size_t> best_weights_epoch;
  std::vector<double> test;  ///< Model::measures() on the test samples; empty if
                             ///< diverged, or where there are none
  /// [classes, classes], true and predicted; empty if diverged, not asked for, or of no samples.
  std::vector<std::uint64_t> confusion;             ///< on the test samples
  std::vector<std::uint64_t> validation_confusion;  ///< on those of the last row's validation
  LastLook last_look;
};

/// The outcome of a run that has ended with this epoch. `test` and `validation` are what passes over these
/// samples came to, of none where there were none or nobody asked.
Outcome outcome_of(const ActiveRun& run, std::size_t last_epoch, const Tally& test,
                   const Tally& validation);

}  // namespace nnrun

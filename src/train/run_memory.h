// What a run remembers from one step to the next: all that it needs to go on as if nothing had been.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "train/model.h"
#include "train/rates.h"
#include "train/tally.h"

namespace nnrun {

/// How far a run has come. Splits, orders, augmentations and dropout are functions of the seed and of
/// these counts: there is no other random state.
struct Position {
  std::size_t epoch = 0;     ///< the row of metrics.csv that comes next
  std::size_t batches = 0;   ///< mini-batches of that epoch that are done
  std::uint64_t update = 0;  ///< updates done

  friend auto operator<=>(const Position&, const Position&) = default;
};

struct RunMemory {
  RunMemory() = default;
  /// Room for a run of this model; zeros.
  explicit RunMemory(const Model& model);
  /// Before the first step.
  RunMemory(const Model& model, std::uint64_t seed);

  AlignedScalars parameters;
  AlignedScalars optimizer_state;         ///< [slots, parameters]
  std::vector<double> optimizer_numbers;  ///< of an optimizer that is whole
  Rates rates;
  std::string non_finite;  ///< the parameter or measure that went non-finite, if one did
  Tally measured;          ///< on the mini-batches of this epoch that are done
  BestEpoch best;          ///< by Model::stop's rule `early`
  BestEpoch kept;          ///< by Model::keep_best
  double seconds = 0;      ///< of its rows so far

  /// Judges the row that was measured with these parameters.
  void judge(const Model& model, const EpochRecord& row);
};

}  // namespace nnrun

// A part of a run's parameters that one worker steps.
#pragma once

#include <cstddef>
#include <span>

#include "base/ranks.h"
#include "train/active_run.h"

namespace nnrun {

/// Parameters [from, to) of a run, stepped at one rate.
struct ParameterSlice {
  enum class Kind { kOwn, kPackedWeights, kPackedBias };

  ActiveRun* run = nullptr;
  Kind kind = Kind::kOwn;  ///< packed: in the bundle's first layers; of weights, whole features
  std::size_t from = 0;
  std::size_t to = 0;
  double rate = 0;
  double squares = 0;  ///< of the gradient, where the whole is needed

  std::size_t size() const { return to - from; }
  std::span<Scalar> of(AlignedScalars& all) const { return std::span(all).subspan(from, size()); }
  std::size_t units() const { return run->model->network.affine_units(); }
  /// Of packed weights: features [first, last).
  std::size_t first_feature() const { return from / units(); }
  std::size_t last_feature() const { return to / units(); }

  /// Adds what these shards have of its gradient, in their order; of packed weights as the bytes say it, to be scaled.
  /// Not of a packed bias.
  void add_shards(RankShare shards, std::span<Scalar> sums) const;
};

}  // namespace nnrun

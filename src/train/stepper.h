// The step that follows a pass: gradients of shards become new parameters.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "train/gradient_sums.h"
#include "train/parameter_slice.h"
#include "train/shards.h"

namespace nnrun {

/// Adds up each run's shard gradients in shard order and takes one step. Parameters are done in slices
/// that are fixed by the run and independent of each other, so that the result does not depend on who
/// does which. Of several ranks each takes the whole step, with the sums over the shards of all.
class Stepper {
 public:
  Stepper(const Pool& pool, Reduction reduction)
      : pool_(pool), gradients_(pool.threads()), sums_(pool, reduction) {}

  /// Takes step `update` (from 1 on) of each run that has not ended.
  void step(std::span<ActiveRun> runs, const Shards& samples, std::uint64_t update);

 private:
  static void cut(ActiveRun& run, std::vector<ParameterSlice>& slices);
  void gather_whole(std::span<ParameterSlice> slices, std::size_t shards);
  /// The gradient of slice `index`.
  void gather(const ParameterSlice& slice, std::size_t index, std::size_t shards,
              std::span<Scalar> gradient) const;
  static void step_slice(const ParameterSlice& slice, std::uint64_t update,
                         std::span<Scalar> gradient);
  static void step_whole(ActiveRun& run, std::uint64_t update);
  static void finish(ActiveRun& run, std::size_t samples, std::uint64_t update, bool all_good);

  const Pool& pool_;
  std::vector<AlignedScalars> gradients_;  ///< of each worker: of the slice at hand
  GradientSums sums_;                      ///< of several ranks
};

}  // namespace nnrun

// The step that follows a pass: gradients of shards become new parameters.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "train/active_run.h"
#include "train/shards.h"

namespace nnrun {

/// Adds up each run's shard gradients in shard order and takes one step. Parameters are done in slices
/// that are fixed by the run and independent of each other, so that the result does not depend on who
/// does which.
class Stepper {
 public:
  explicit Stepper(const Pool& pool) : pool_(pool), gradients_(pool.threads()) {}

  /// Takes step `update` (from 1 on) of each run that has not ended.
  void step(std::span<ActiveRun> runs, const Shards& samples, std::uint64_t update);

 private:
  struct Slice;

  static void cut(ActiveRun& run, std::vector<Slice>& slices);
  void gather_whole(std::span<Slice> slices, std::size_t shards);
  static void gather(const Slice& slice, std::size_t shards, std::span<Scalar> gradient);
  static void step_slice(const Slice& slice, std::uint64_t update, std::span<Scalar> gradient);
  static void step_whole(ActiveRun& run, std::uint64_t update);

  const Pool& pool_;
  std::vector<AlignedScalars> gradients_;  ///< of each worker: of the slice at hand
};

}  // namespace nnrun

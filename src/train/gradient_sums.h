// The sums of the shards' gradients where several ranks have the shards.
#pragma once

#include <span>
#include <vector>

#include "base/parallel.h"
#include "base/ranks.h"
#include "train/parameter_slice.h"

namespace nnrun {

/// How ranks add up what they have.
enum class Reduction {
  kExact,  ///< the same bits for any number of ranks
  kFast,   ///< as MPI does it
};

/// g = ((g₀ + g₁) + g₂) + …, of the shards in their order, whichever rank has them: each adds its own to what comes
/// from the rank before it, and the last hands the sums to all.
/// Cost: of n parameters each rank sends n numbers on and takes part in a broadcast of n, where a ring all-reduce sends
/// 2 n (P − 1) / P; but the sums come through all P ranks, in pieces, one after the other.
class GradientSums {
 public:
  GradientSums(const Pool& pool, Reduction reduction) : pool_(pool), reduction_(reduction) {}

  /// Adds up the gradients of these slices, and of the biases that first layers have, which it leaves in the runs; all
  /// of `shards` shards. The slices must stay as long as they are asked for.
  void add_up(std::span<ActiveRun> runs, std::span<const ParameterSlice> slices,
              std::size_t shards);

  /// The gradient of slice `index`; of packed weights as the bytes say it, to be scaled. Nothing for a packed bias.
  std::span<const Scalar> of(std::size_t index) const {
    const Part& part = parts_[biases_ + index];
    return std::span(sums_).subspan(part.begin, part.end - part.begin);
  }

 private:
  /// Sums [begin, end): a slice's, or a bias's of a run.
  struct Part {
    const ParameterSlice* slice;
    ActiveRun* run;
    std::size_t begin;
    std::size_t end;
  };

  void add_part(const ParameterSlice* slice, ActiveRun& run, std::size_t size);
  void add_mine(std::size_t from, std::size_t to, RankShare shards);

  const Pool& pool_;
  Reduction reduction_;
  AlignedScalars sums_;
  std::vector<Part> parts_;  ///< the biases first, then the slices
  std::size_t biases_ = 0;
};

}  // namespace nnrun

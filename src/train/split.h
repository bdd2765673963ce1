// Which samples of the training file are trained on, and which only validate.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "config/options.h"

namespace nnrun {

/// When the split into training and validation samples is drawn.
enum class Shuffle {
  kNever,       ///< in file order: the first samples train, the next ones validate
  kOnce,        ///< drawn once from the seed; mini-batches are dealt anew each epoch
  kEveryEpoch,  ///< drawn anew for each epoch (section IV.A of the report): validation samples have
                ///< been trained on in other epochs, so validation figures leak
};

struct SplitPlan {
  Share train = 0.8;
  Share validation = 0.2;
  Shuffle shuffle = Shuffle::kOnce;
};

struct SplitCounts {
  std::size_t train = 0;
  std::size_t validation = 0;
};

/// The counts for a training file of `samples`; a fraction is rounded down.
SplitCounts split_counts(const SplitPlan& plan, std::size_t samples);

/// Positions in the training file.
struct Split {
  std::vector<std::uint32_t> train;
  std::vector<std::uint32_t> validation;
};

/// The split under `seed`. `draw` counts the draws of kEveryEpoch and is 0 for the others.
Split draw_split(const SplitPlan& plan, std::size_t samples, std::uint64_t seed, std::size_t draw);

/// The training samples in the order in which epoch `epoch` ≥ 1 deals them into mini-batches.
std::vector<std::uint32_t> batch_order(const std::vector<std::uint32_t>& train, Shuffle shuffle,
                                       std::uint64_t seed, std::size_t epoch);

}  // namespace nnrun

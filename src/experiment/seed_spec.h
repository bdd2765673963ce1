// `seed` and `seeds`: where the random numbers of a run come from.
#pragma once

#include <cstdint>

#include "config/options.h"
#include "experiment/spec.h"

namespace nnrun {

constexpr std::int64_t kLargestSeed = std::int64_t{1} << 53;  ///< exact in every tool's numbers

/// Reads `seed`, and `seeds: {split: 1}` of the purposes that have one of their own.
void read_seeds(Options& top, Experiment& experiment);

}  // namespace nnrun

// `split` and `shuffle` of a data set.
#pragma once

#include <optional>
#include <string>

#include "config/options.h"
#include "train/split.h"

namespace nnrun {

/// Reads both from the options of `dataset`.
SplitPlan read_split(Options& dataset);

/// Why a training file of so many samples cannot be split so. Nothing where it can.
std::optional<std::string> split_mistake(const SplitPlan& plan, std::size_t samples,
                                         const std::string& dataset);

}  // namespace nnrun

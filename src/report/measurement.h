// How a claim names a quantity of a run.
#pragma once

#include <optional>
#include <vector>

#include "report/claim.h"

namespace nnrun {

/// Reads the keys `experiment`, `run` and `quantity`. With `claim`, the first two may be left out and
/// are then the claim's. Nothing when there is a mistake, which is reported: an experiment, a run or a
/// column that does not exist.
std::optional<Measurement> read_measurement(Options& options,
                                            const std::vector<ManifestExperiment>& experiments,
                                            const std::optional<ManifestRun>& claim);

}  // namespace nnrun

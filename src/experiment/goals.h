// To which epoch each run is trained.
#pragma once

#include <filesystem>
#include <vector>

#include "experiment/run_state.h"
#include "experiment/sweep.h"

namespace nnrun {

/// The goals of the sweep's runs, as their folder stands, which the states are of: the experiment's epochs, or where its
/// search stops trials before their end the rung that the trial has come to (experiment/halving.h). A trial
/// with several runs scores their mean. Where only some runs are chosen there is no competition: they are
/// trained to their end.
std::vector<std::size_t> run_goals(const std::filesystem::path& folder, const Sweep& sweep,
                                   const std::vector<RunState>& states);

}  // namespace nnrun

// How far a run is, in words.
#pragma once

#include <string>

#include "experiment/run_state.h"

namespace nnrun {

/// "completed", "to train", "interrupted at epoch 7", "in training: process 7 on host"; `holder` is who trains it,
/// empty where nobody does.
std::string state_text(const RunState& state, const std::string& holder);

}  // namespace nnrun

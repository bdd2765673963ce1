// What run.json says of how a run ended: completed, stopped_early, diverged or failed.
#pragma once

#include <string_view>

namespace nnrun {

/// Whether a run of this status came to an end of its own, with figures that count: after its last epoch, or
/// before it because a rule said so or because it is paused.
inline bool ended_well(std::string_view status) {
  return status == "completed" || status == "stopped_early";
}

}  // namespace nnrun

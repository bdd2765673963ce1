#include "report/state_text.h"

#include <fmt/format.h>

namespace nnrun {

std::string state_text(const RunState& state, const std::string& holder) {
  const std::string how = state.ended ? "finished" : "interrupted";
  switch (state.kind) {
    case RunState::Kind::kFinished:
      if (state.paused_at) return fmt::format("paused at epoch {}", *state.paused_at);
      return state.status;
    case RunState::Kind::kFailed: return state.status;
    case RunState::Kind::kOther: return how + " with another configuration";
    case RunState::Kind::kDamaged: return how + ", but damaged";
    case RunState::Kind::kInterrupted:
    case RunState::Kind::kMissing: break;
  }
  if (!holder.empty()) return "in training: " + holder;
  if (state.kind == RunState::Kind::kMissing) return "to train";
  return fmt::format("interrupted at epoch {}", state.position.epoch);
}

}  // namespace nnrun

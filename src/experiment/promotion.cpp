#include "experiment/promotion.h"

#include "experiment/goals.h"
#include "experiment/run_lock.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

bool has_ended(const RunState& state) {
  return state.kind == RunState::Kind::kFinished && !state.paused_at;
}

bool is_unfinished(const RunState& state) {
  return state.kind == RunState::Kind::kMissing || state.kind == RunState::Kind::kInterrupted;
}

/// At the runs of a sweep that have not ended. Those that another process trains are added to `held`.
void look_again(const fs::path& folder, const Sweep& sweep, std::size_t place,
                std::vector<RunState>& states, std::vector<RunRef>& held) {
  for (std::size_t r = 0; r < states.size(); ++r) {
    const Run& run = sweep.runs[r];
    if (has_ended(states[r]) || !run.chosen) continue;
    if (is_still_finished(folder / run.folder, states[r])) continue;
    states[r] = run_state(folder, run);
    if (is_unfinished(states[r]) && !RunLock::holder(folder / run.folder).empty()) {
      held.push_back({place, r});
    }
  }
}

}  // namespace

Promotion next_promotion(const std::vector<Sweep>& sweeps, const fs::path& results,
                         std::vector<std::vector<RunState>>& states,
                         std::vector<std::vector<std::size_t>>& goals) {
  Promotion promotion;
  for (std::size_t s = 0; s < sweeps.size(); ++s) {
    if (sweeps[s].brackets.empty()) continue;
    const fs::path folder = results / sweeps[s].name;
    look_again(folder, sweeps[s], s, states[s], promotion.held_elsewhere);
    const auto now = run_goals(folder, sweeps[s], states[s]);
    for (std::size_t r = 0; r < now.size(); ++r) {
      if (now[r] <= goals[s][r]) continue;
      goals[s][r] = now[r];
      const bool trains = treatment(states[s][r], {}, now[r]) == Treatment::kTrain;
      if (trains) promotion.by_goal[now[r]].push_back({s, r});
    }
  }
  return promotion;
}

}  // namespace nnrun

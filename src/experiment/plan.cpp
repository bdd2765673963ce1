#include "experiment/plan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.h"
#include "base/text.h"
#include "experiment/goals.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

std::string with_lines(const fs::path& folder, const std::string& what,
                       const std::vector<std::string>& lines) {
  return fmt::format("{}: {}:\n    {}", printable(folder.string()), what,
                     fmt::join(lines, "\n    "));
}

/// Whether it was paused before it came to its goal.
bool goes_on(const RunState& state, std::size_t goal) {
  return state.paused_at && *state.paused_at < goal;
}

std::string how_it_was_left(const RunState& state) {
  return state.ended ? "finished" : "interrupted";
}

}  // namespace

fs::path run_folder(const std::vector<Sweep>& sweeps, const RunOptions& options,
                    const RunRef& ref) {
  const Sweep& sweep = sweeps[ref.sweep];
  return options.results / sweep.name / sweep.runs[ref.run].folder;
}

Treatment treatment(const RunState& state, const RunOptions& options, std::size_t goal) {
  if (options.fresh) return Treatment::kReplace;
  const auto again = [&](const char* what) { return options.retry.contains(what); };
  switch (state.kind) {
    case RunState::Kind::kMissing:
    case RunState::Kind::kInterrupted: break;
    case RunState::Kind::kFinished:
      if (goes_on(state, goal)) break;
      return again("diverged") && state.status == "diverged" ? Treatment::kReplace
                                                             : Treatment::kSkip;
    case RunState::Kind::kFailed:
      return again("failed") ? Treatment::kReplace : Treatment::kLeaveFailed;
    case RunState::Kind::kOther: return Treatment::kRefuse;
    case RunState::Kind::kDamaged:
      return again("damaged") ? Treatment::kReplace : Treatment::kRefuse;
  }
  return Treatment::kTrain;
}

Plan make_plan(const std::vector<Sweep>& sweeps, const RunOptions& options, const Provenance& now) {
  Plan plan;
  std::vector<std::string> refusals;
  std::size_t damaged = 0;
  for (std::size_t s = 0; s < sweeps.size(); ++s) {
    const fs::path folder = options.results / sweeps[s].name;
    if (!options.fresh) {
      for (const auto& run : changed_outside_grid(folder, sweeps[s])) {
        refusals.push_back(run.message);
      }
    }
    const auto& runs = sweeps[s].runs;
    plan.states.push_back(options.fresh ? std::vector<RunState>(runs.size())
                                        : run_states(folder, sweeps[s]));
    plan.goals.push_back(run_goals(folder, sweeps[s], plan.states[s]));
    for (std::size_t r = 0; r < runs.size(); ++r) {
      const fs::path of_run = folder / runs[r].folder;
      if (!runs[r].chosen) {  // it stays: the tables are of all runs
        const RunState there = options.fresh ? run_state(folder, runs[r]) : plan.states[s][r];
        if (there.kind == RunState::Kind::kOther) refusals.push_back(refusal(of_run, there));
        continue;
      }
      const RunState& state = plan.states[s][r];
      switch (treatment(state, options, plan.goals[s][r])) {
        case Treatment::kSkip: plan.skipped.push_back({s, r}); break;
        case Treatment::kLeaveFailed: plan.failed.push_back({s, r}); break;
        case Treatment::kRefuse:
          refusals.push_back(refusal(of_run, state));
          damaged += state.kind == RunState::Kind::kDamaged ? 1 : 0;
          break;
        case Treatment::kTrain:
        case Treatment::kReplace: plan.to_train.push_back({s, r}); break;
      }
      const std::string why = program_refusal(of_run, state, now, options, plan.goals[s][r]);
      if (!why.empty()) refusals.push_back(why);
    }
  }
  refuse(refusals, damaged == refusals.size());
  return plan;
}

std::string refusal(const fs::path& folder, const RunState& state) {
  const std::string how = how_it_was_left(state);
  if (state.kind == RunState::Kind::kFailed) {
    return fmt::format("{}: failed: {}", printable(folder.string()), printable(state.message));
  }
  if (state.kind == RunState::Kind::kOther) {
    return with_lines(folder, how + " with another configuration", state.differences);
  }
  return with_lines(folder, how + ", but not whole (--retry damaged trains it anew)",
                    state.differences);
}

std::string data_refusal(const fs::path& folder, const RunState& state,
                         const std::vector<std::string>& now) {
  const auto lines = data_differences(state, now);
  if (lines.empty()) return {};
  return with_lines(folder, how_it_was_left(state) + " on other data", lines);
}

std::string program_refusal(const fs::path& folder, const RunState& state, const Provenance& now,
                            const RunOptions& options, std::size_t goal) {
  const bool trains_on = state.kind == RunState::Kind::kInterrupted || goes_on(state, goal);
  if (!trains_on || state.position == Position{} || options.allow_different_build) return {};
  const auto lines = program_differences(state, now);
  if (lines.empty()) return {};
  return with_lines(folder,
                    "interrupted with another program, which may come to other bits "
                    "(--allow-different-build goes on all the same)",
                    lines);
}

void refuse(const std::vector<std::string>& refusals, bool all_damaged) {
  if (refusals.empty()) return;
  throw Error(fmt::format("{}\n{}", fmt::join(refusals, "\n"),
                          all_damaged
                              ? "--retry damaged trains these anew and keeps the others"
                              : "Give the experiment another name (--set name=…), other --results, "
                                "or train it anew with --fresh"));
}

}  // namespace nnrun

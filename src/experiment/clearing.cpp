#include "experiment/clearing.h"

#include <fmt/format.h>

#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "experiment/checkpoint.h"
#include "experiment/run_files.h"
#include "experiment/run_lock.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

/// What --fresh takes away: the runs of the plan that are there, and those of another configuration, which
/// would stand in the way from now on.
std::vector<fs::path> outdated(const std::vector<Sweep>& sweeps, const RunOptions& options,
                               const Plan& plan) {
  std::vector<fs::path> folders;
  for (const RunRef& ref : plan.to_train) {
    const fs::path folder = run_folder(sweeps, options, ref);
    std::error_code error;
    if (fs::exists(folder, error)) folders.push_back(folder);
  }
  for (const Sweep& sweep : sweeps) {
    for (const auto& run : changed_outside_grid(options.results / sweep.name, sweep)) {
      folders.push_back(run.folder);
    }
  }
  return folders;
}

/// All or nothing, as far as can be seen. A run that another nnrun takes after this look is its own.
void clear_all(const std::vector<fs::path>& folders) {
  for (const fs::path& folder : folders) {
    const std::string holder = RunLock::holder(folder);
    if (holder.empty()) continue;
    throw Error(
        fmt::format("{}: cannot be replaced: {} trains it", printable(folder.string()), holder));
  }
  for (const fs::path& folder : folders) {
    const auto lock = RunLock::try_hold(folder);
    if (!lock) continue;
    clear_run(folder);
    lock->remove_checkpoint();
  }
}

/// `state`: as the plan saw the run. Whether it is replaced does not depend on how far it is to be trained.
void clear_unless_retried(const fs::path& folder, const Run& run, const RunOptions& options,
                          RunState& state) {
  const auto lock = RunLock::try_hold(folder / run.folder);
  if (!lock) return;
  const std::string before = std::exchange(state, run_state(folder, run)).sha256;
  if (treatment(state, options, 0) != Treatment::kReplace || state.sha256 != before) return;
  clear_run(folder / run.folder);
  lock->remove_checkpoint();
  state = {};
}

/// A crash after run.json was written leaves a checkpoint that nothing needs.
void clear_left_over(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(checkpoint_folder(folder), error)) return;
  if (const auto lock = RunLock::try_hold(folder)) lock->remove_checkpoint();
}

}  // namespace

void clear_away(const std::vector<Sweep>& sweeps, const RunOptions& options, Plan& plan) {
  if (options.fresh) {
    clear_all(outdated(sweeps, options, plan));
    return;
  }
  for (const RunRef& ref : plan.to_train) {
    const Sweep& sweep = sweeps[ref.sweep];
    const Run& run = sweep.runs[ref.run];
    const fs::path folder = options.results / sweep.name;
    RunState& state = plan.states[ref.sweep][ref.run];
    if (treatment(state, options, 0) != Treatment::kReplace) continue;
    clear_unless_retried(folder, run, options, state);
  }
  for (const RunRef& ref : plan.skipped) {
    if (plan.states[ref.sweep][ref.run].paused_at) continue;  // it may go on
    clear_left_over(run_folder(sweeps, options, ref));
  }
}

}  // namespace nnrun

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

void clear_for_good(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder, error)) return;
  const auto lock = RunLock::try_hold(folder);
  if (!lock) {
    throw Error(fmt::format("{}: cannot be replaced: {} trains it", printable(folder.string()),
                            RunLock::holder(folder)));
  }
  clear_run(folder);
  lock->remove_checkpoint();
}

/// `state`: as the plan saw the run.
void clear_unless_retried(const fs::path& folder, const Run& run, const RunOptions& options,
                          RunState& state) {
  const auto lock = RunLock::try_hold(folder / run.folder);
  if (!lock) return;
  const std::string before = std::exchange(state, run_state(folder, run)).sha256;
  if (treatment(state, options) != Treatment::kReplace || state.sha256 != before) return;
  clear_run(folder / run.folder);
  lock->remove_checkpoint();
  state = {};
}

/// Runs of another configuration under the same names would stand in the way from now on.
void clear_others(const fs::path& folder, const Sweep& sweep) {
  for (const auto& run : changed_outside_grid(folder, sweep)) clear_for_good(run.folder);
}

/// A crash after run.json was written leaves a checkpoint that nothing needs.
void clear_left_over(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(checkpoint_folder(folder), error)) return;
  if (const auto lock = RunLock::try_hold(folder)) lock->remove_checkpoint();
}

}  // namespace

void clear_away(const std::vector<Sweep>& sweeps, const RunOptions& options, Plan& plan) {
  for (const RunRef& ref : plan.to_train) {
    const Sweep& sweep = sweeps[ref.sweep];
    const Run& run = sweep.runs[ref.run];
    const fs::path folder = options.results / sweep.name;
    RunState& state = plan.states[ref.sweep][ref.run];
    if (treatment(state, options) != Treatment::kReplace) continue;
    if (options.fresh) {
      clear_for_good(folder / run.folder);
    } else {
      clear_unless_retried(folder, run, options, state);
    }
  }
  for (const Sweep& sweep : sweeps) {
    if (options.fresh) clear_others(options.results / sweep.name, sweep);
  }
  for (const RunRef& ref : plan.skipped) {
    const Sweep& sweep = sweeps[ref.sweep];
    clear_left_over(options.results / sweep.name / sweep.runs[ref.run].folder);
  }
}

}  // namespace nnrun

// What of the sweeps is to be done, as the results tree stands.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "experiment/run_state.h"
#include "experiment/sweep.h"

namespace nnrun {

struct RunOptions {
  std::filesystem::path results = "results";
  std::size_t threads = 0;  ///< 0: one for each core
  bool fresh = false;       ///< train again what is finished
  bool fail_fast = false;   ///< stop at the first run that fails
  bool allow_swap = false;  ///< go on where more memory is needed than there is
  /// What is trained again of runs that ended otherwise than well: "failed", "diverged", "damaged".
  std::set<std::string> retry;
  bool allow_different_build = false;  ///< go on with checkpoints of another program
};

/// A run of one of the sweeps.
struct RunRef {
  std::size_t sweep = 0;
  std::size_t run = 0;

  friend auto operator<=>(const RunRef&, const RunRef&) = default;
};

/// RESULTS/EXPERIMENT/RUN.
std::filesystem::path run_folder(const std::vector<Sweep>& sweeps, const RunOptions& options,
                                 const RunRef& ref);

struct Plan {
  std::vector<RunRef> skipped;  ///< finished already
  std::vector<RunRef> failed;   ///< could not be trained, and are left so
  std::vector<RunRef> to_train;
  std::vector<std::vector<RunState>> states;    ///< of each sweep's runs
  std::vector<std::vector<std::size_t>> goals;  ///< to which epoch each of them is trained
};

/// What is done with a run in this state that is to come to the epoch `goal`.
enum class Treatment { kTrain, kReplace, kSkip, kLeaveFailed, kRefuse };
Treatment treatment(const RunState& state, const RunOptions& options, std::size_t goal);

/// Compares the sweeps with the results tree. A run of another configuration under the same name, one
/// whose files are not whole, and an interrupted one of another program than `now`, throw an Error that
/// says what differs, unless the options say what is done with them.
Plan make_plan(const std::vector<Sweep>& sweeps, const RunOptions& options, const Provenance& now);

/// Why a run can be neither skipped nor trained: "results/a/run: finished with another configuration: …".
std::string refusal(const std::filesystem::path& folder, const RunState& state);

/// Why a finished or interrupted run does not count: its data is not what would be read `now`. Empty when
/// it is.
std::string data_refusal(const std::filesystem::path& folder, const RunState& state,
                         const std::vector<std::string>& now);

/// Why a run that was interrupted, or paused before its goal, cannot go on: another program than `now` trained it.
/// Empty when it can.
std::string program_refusal(const std::filesystem::path& folder, const RunState& state,
                            const Provenance& now, const RunOptions& options, std::size_t goal);

/// Throws an Error with all of them and what can be done, unless there are none. `all_damaged`: each is of
/// files that are not whole.
void refuse(const std::vector<std::string>& refusals, bool all_damaged = false);

}  // namespace nnrun

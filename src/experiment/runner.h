// Trains what the results tree lacks.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "experiment/run_state.h"
#include "experiment/sweep.h"

namespace nnrun {

struct RunOptions {
  std::filesystem::path results = "results";
  std::size_t threads = 0;  ///< 0: one for each core
  bool fresh = false;       ///< train again what is finished
  bool fail_fast = false;   ///< stop at the first run that fails
  bool allow_swap = false;  ///< go on where more memory is needed than there is
};

/// A run of one of the sweeps.
struct RunRef {
  std::size_t sweep = 0;
  std::size_t run = 0;

  friend auto operator<=>(const RunRef&, const RunRef&) = default;
};

/// What is to be done, found out before anything is written.
struct Plan {
  std::vector<RunRef> skipped;  ///< finished already
  std::vector<RunRef> to_train;
  std::vector<std::vector<RunState>> states;  ///< of each sweep's runs
};

/// Compares the sweeps with the results tree. A finished run of another configuration under the
/// same name, or one whose files are not whole, throws an Error that says what differs, unless
/// `fresh`.
Plan make_plan(const std::vector<Sweep>& sweeps, const RunOptions& options);

/// Told of the work as it goes on; the terminal's progress is one.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  virtual void planned(const Plan& plan) = 0;
  virtual void started(const std::vector<RunRef>& group) = 0;
  virtual void record(RunRef run, const EpochRecord& record) = 0;
  virtual void finished(RunRef run, const Outcome& outcome) = 0;
  virtual void failed(const std::vector<RunRef>& group, const std::string& why) = 0;
};

/// Trains every run of the sweeps that is not finished, and writes the results tree. Returns
/// kRunFailed when a run failed. Nothing is written before all files, data and the tree are checked.
ExitStatus run_sweeps(const std::vector<Sweep>& sweeps, const RunOptions& options,
                      RunObserver& observer);

}  // namespace nnrun

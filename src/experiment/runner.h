// Trains what the results tree lacks.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "experiment/plan.h"

namespace nnrun {

/// Told of the work as it goes on; the terminal's progress is one. It hears what it wants to.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  virtual void planned(const Plan& /*plan*/) {}
  virtual void started(const std::vector<RunRef>& /*group*/) {}
  virtual void record(RunRef /*run*/, const EpochRecord& /*record*/) {}
  virtual void finished(RunRef /*run*/, const Outcome& /*outcome*/) {}
  virtual void failed(const std::vector<RunRef>& /*group*/, const std::string& /*why*/) {}
  /// Another process trains these; `holder` is the one that has the first of them.
  virtual void waiting(const std::vector<RunRef>& /*runs*/, const std::string& /*holder*/) {}
  /// Another process has finished it meanwhile.
  virtual void finished_elsewhere(RunRef /*run*/) {}
  /// A signal has stopped its training; what it remembers is saved.
  virtual void saved(RunRef /*run*/, const Position& /*position*/) {}
  /// The best of a rung: these go on, to that epoch.
  virtual void promoted(const std::vector<RunRef>& /*runs*/, std::size_t /*epoch*/) {}
  virtual void warned(RunRef /*run*/, const std::string& /*text*/) {}
};

/// Trains every run of the sweeps that is not finished, and writes the results tree. Returns
/// kRunFailed when a run failed, and stop_status() when a signal asked to stop. Nothing is written before
/// all files, data and the tree are checked. Runs that another process trains are waited for, and taken
/// over if it ends without finishing them. Of several ranks the first calls it, the others train_along()
/// (experiment/rank_work.h).
ExitStatus run_sweeps(const std::vector<Sweep>& sweeps, const RunOptions& options,
                      RunObserver& observer);

/// What run_sweeps would do, after everything that it checks before a byte is written: throws the same Errors.
Plan prepare_sweeps(const std::vector<Sweep>& sweeps, const RunOptions& options);

}  // namespace nnrun

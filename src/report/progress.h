// What a person sees while runs are trained: on standard error.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "experiment/runner.h"

namespace nnrun {

/// On a terminal, one line for each run in training, rewritten a few times a second; and on any
/// output a line for each run that ends. The log has all but what is rewritten.
class Progress final : public RunObserver {
 public:
  /// kLog: the log is what the person sees.
  enum class Mode { kLive, kLines, kLog, kQuiet };

  Progress(const std::vector<Sweep>& sweeps, Mode mode) : sweeps_(sweeps), mode_(mode) {}
  ~Progress() override { erase(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  Progress(Progress&&) = delete;
  Progress& operator=(Progress&&) = delete;

  void planned(const Plan& plan) override;
  void started(const std::vector<RunRef>& group) override;
  void record(RunRef run, const EpochRecord& record) override;
  void finished(RunRef run, const Outcome& outcome) override;
  void failed(const std::vector<RunRef>& group, const std::string& why) override;
  void waiting(const std::vector<RunRef>& runs, const std::string& holder) override;
  void finished_elsewhere(RunRef run) override;
  void saved(RunRef run, const Position& position) override;
  void warned(RunRef run, const std::string& text) override;
  void promoted(const std::vector<RunRef>& runs, std::size_t epoch) override;

 private:
  using Clock = std::chrono::steady_clock;

  const Run& run_of(RunRef ref) const { return sweeps_[ref.sweep].runs[ref.run]; }
  std::size_t goal_of(RunRef ref) const { return goals_[ref.sweep][ref.run]; }
  std::string name(RunRef ref) const;
  std::string line(RunRef ref, const EpochRecord& record) const;
  std::string time_left() const;
  void say(const std::string& text);
  void forget(RunRef run);
  void erase();
  void paint();

  const std::vector<Sweep>& sweeps_;
  Mode mode_;
  std::vector<std::vector<std::size_t>> goals_;  ///< to which epoch each run is trained
  std::map<RunRef, EpochRecord> running_;
  std::size_t painted_ = 0;  ///< lines on the terminal that the next painting replaces
  double epochs_done_ = 0;
  double epochs_planned_ = 0;
  Clock::time_point began_ = Clock::now();
  Clock::time_point last_paint_;
};

/// Live on a terminal that can do it, else lines.
Progress::Mode progress_mode(bool quiet, bool no_progress);

}  // namespace nnrun

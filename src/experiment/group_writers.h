// Writes the runs of a group while they are trained together.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "experiment/run_lock.h"
#include "experiment/run_writer.h"
#include "experiment/runner.h"

namespace nnrun {

/// A run that this process holds.
struct HeldRun {
  RunRef ref;
  RunLock lock;
  std::size_t pause = 0;  ///< as Job has it: the row that it pauses with
};

/// Which runs they are.
inline std::vector<RunRef> refs_of(const std::vector<HeldRun>& group) {
  std::vector<RunRef> refs;
  for (const HeldRun& held : group) refs.push_back(held.ref);
  return refs;
}

/// When checkpoints are due.
class CheckpointClock {
 public:
  explicit CheckpointClock(double every_seconds) : every_(every_seconds) {}

  /// Whether one is due now; what follows is timed from here on.
  bool due();
  /// So long took the saving of a run that was due.
  void took(std::chrono::steady_clock::duration time) { took_ += time; }

 private:
  std::chrono::duration<double> every_;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::duration took_{};
};

/// Writes what the trainer tells, keeps the runs' states, and passes it all on. What cannot be written
/// fails its run, not those that are trained beside it; when all have failed, training stops after the next step.
class GroupWriters final : public TrainingObserver {
 public:
  /// `states` of each sweep's runs.
  GroupWriters(const std::vector<Sweep>& sweeps, std::filesystem::path results,
               const std::vector<HeldRun>& group, const Provenance& provenance,
               std::vector<std::vector<RunState>>& states, RunObserver& observer);

  /// Begins every run's files, or goes on with them where there is a checkpoint, a paused run's included, and says what is to be
  /// trained; `data` is what run.json names.
  std::vector<Job> start(const std::vector<SourceFile>& data);

  void record(std::size_t job, const EpochRecord& record) override;
  void finished(std::size_t job, const Outcome& outcome) override;
  Then after_step() override;
  void save(std::size_t job, const Position& position, const RunMemory& memory) override;

  /// None of the runs can be trained.
  void fail(const std::string& why);

  bool any_failed() const { return failed_ > 0; }
  bool all_failed() const { return failed_ == group_.size(); }
  bool has_failed(std::size_t job) const { return writers_[job] == nullptr; }
  /// Whether one that a signal stopped could not be saved.
  bool any_unsaved() const { return unsaved_ > 0; }

 private:
  const Run& run(std::size_t job) const;
  std::filesystem::path experiment_folder(std::size_t job) const;
  std::filesystem::path run_folder(std::size_t job) const;
  Job begin(std::size_t job, const std::vector<SourceFile>& data);
  void warn_of_program(std::size_t job);
  template <class Body>
  void attempt(std::size_t job, Body body);

  const std::vector<Sweep>& sweeps_;
  std::filesystem::path results_;
  const std::vector<HeldRun>& group_;
  const Provenance& provenance_;
  std::vector<std::vector<RunState>>& states_;
  RunObserver& observer_;
  std::vector<std::unique_ptr<RunWriter>> writers_;  ///< null for a run that has failed
  std::size_t failed_ = 0;
  CheckpointClock clock_;
  bool stopping_ = false;
  std::size_t unsaved_ = 0;
};

}  // namespace nnrun

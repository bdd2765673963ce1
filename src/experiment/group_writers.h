// Writes the runs of a group while they are trained together.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "experiment/run_writer.h"
#include "experiment/runner.h"

namespace nnrun {

/// Writes what the trainer tells, keeps the runs' states, and passes it all on. What cannot be written
/// fails its run, not those that are trained beside it.
class GroupWriters final : public TrainingObserver {
 public:
  /// Thrown when every run of the group has failed, each of which the observer has been told.
  struct AllFailed {};

  /// `states` of each sweep's runs.
  GroupWriters(const std::vector<Sweep>& sweeps, std::filesystem::path results,
               const std::vector<RunRef>& group, const Provenance& provenance,
               std::vector<std::vector<RunState>>& states, RunObserver& observer);

  /// Begins every run's files; `data` is what run.json names.
  void start(const std::vector<SourceFile>& data);

  void record(std::size_t job, const EpochRecord& record) override;
  void finished(std::size_t job, const Outcome& outcome) override;

  bool any_failed() const { return failed_ > 0; }

 private:
  const Run& run(std::size_t job) const;
  std::filesystem::path experiment_folder(std::size_t job) const;
  template <class Body>
  void attempt(std::size_t job, Body body);

  const std::vector<Sweep>& sweeps_;
  std::filesystem::path results_;
  const std::vector<RunRef>& group_;
  const Provenance& provenance_;
  std::vector<std::vector<RunState>>& states_;
  RunObserver& observer_;
  const std::vector<SourceFile>* data_ = nullptr;
  std::vector<std::unique_ptr<RunWriter>> writers_;  ///< null for a run that has failed
  std::size_t failed_ = 0;
};

}  // namespace nnrun

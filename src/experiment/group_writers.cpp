#include "experiment/group_writers.h"

#include "base/error.h"
#include "base/file.h"

namespace nnrun {

namespace fs = std::filesystem;

GroupWriters::GroupWriters(const std::vector<Sweep>& sweeps, fs::path results,
                           const std::vector<RunRef>& group, const Provenance& provenance,
                           std::vector<std::vector<RunState>>& states, RunObserver& observer)
    : sweeps_(sweeps),
      results_(std::move(results)),
      group_(group),
      provenance_(provenance),
      states_(states),
      observer_(observer),
      writers_(group.size()) {}

const Run& GroupWriters::run(std::size_t job) const {
  return sweeps_[group_[job].sweep].runs[group_[job].run];
}

fs::path GroupWriters::experiment_folder(std::size_t job) const {
  return results_ / sweeps_[group_[job].sweep].name;
}

void GroupWriters::start(const std::vector<SourceFile>& data) {
  data_ = &data;
  for (std::size_t job = 0; job < group_.size(); ++job) {
    attempt(job, [&] {
      const fs::path folder = experiment_folder(job) / run(job).folder;
      create_folder(folder, ExitStatus::kRunFailed);
      writers_[job] = std::make_unique<RunWriter>(folder, run(job), provenance_);
    });
  }
}

void GroupWriters::record(std::size_t job, const EpochRecord& record) {
  if (!writers_[job]) return;
  attempt(job, [&] {
    writers_[job]->record(record);
    observer_.record(group_[job], record);
  });
}

void GroupWriters::finished(std::size_t job, const Outcome& outcome) {
  if (!writers_[job]) return;
  attempt(job, [&] {
    writers_[job]->finish(outcome, *data_);
    states_[group_[job].sweep][group_[job].run] = run_state(experiment_folder(job), run(job));
    observer_.finished(group_[job], outcome);
  });
}

template <class Body>
void GroupWriters::attempt(std::size_t job, Body body) {
  try {
    body();
  } catch (const Error& error) {
    writers_[job].reset();
    ++failed_;
    observer_.failed({group_[job]}, error.what());
  }
  if (failed_ == group_.size()) throw AllFailed{};
}

}  // namespace nnrun

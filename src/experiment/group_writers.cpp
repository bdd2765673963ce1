#include "experiment/group_writers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/ranks.h"
#include "experiment/run_files.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

/// Saving takes no more than a twentieth of the time, however many or large the runs are.
constexpr int kShareOfSaving = 20;

/// Runs of a group are saved together, as often as the most demanding of them says.
double shortest_interval(const std::vector<Sweep>& sweeps, const std::vector<HeldRun>& group) {
  double shortest = std::numeric_limits<double>::infinity();
  for (const HeldRun& held : group) {
    const Run& run = sweeps[held.ref.sweep].runs[held.ref.run];
    shortest = std::min(shortest, run.experiment.checkpoint_seconds);
  }
  return shortest;
}

}  // namespace

bool CheckpointClock::due() {
  const auto now = std::chrono::steady_clock::now();
  const bool always = every_.count() == 0;
  if (!always && (now - last_ < every_ || now - last_ < kShareOfSaving * took_)) return false;
  last_ = now;
  took_ = {};
  return true;
}

GroupWriters::GroupWriters(const std::vector<Sweep>& sweeps, fs::path results,
                           const std::vector<HeldRun>& group, const Provenance& provenance,
                           std::vector<std::vector<RunState>>& states, RunObserver& observer)
    : sweeps_(sweeps),
      results_(std::move(results)),
      group_(group),
      provenance_(provenance),
      states_(states),
      observer_(observer),
      writers_(group.size()),
      clock_(shortest_interval(sweeps, group)) {}

const Run& GroupWriters::run(std::size_t job) const {
  return sweeps_[group_[job].ref.sweep].runs[group_[job].ref.run];
}

fs::path GroupWriters::experiment_folder(std::size_t job) const {
  return results_ / sweeps_[group_[job].ref.sweep].name;
}

fs::path GroupWriters::run_folder(std::size_t job) const {
  return experiment_folder(job) / run(job).folder;
}

std::vector<Job> GroupWriters::start(const std::vector<SourceFile>& data) {
  std::vector<Job> jobs;
  for (std::size_t job = 0; job < group_.size(); ++job) {
    const Experiment& experiment = run(job).experiment;
    Job& added =
        jobs.emplace_back(Job{&experiment.model, experiment.epochs, RunMemory(experiment.model)});
    attempt(job, [&] { added = begin(job, data); });
  }
  return jobs;
}

Job GroupWriters::begin(std::size_t job, const std::vector<SourceFile>& data) {
  const Experiment& experiment = run(job).experiment;
  const fs::path folder = run_folder(job);
  const RunState& state = states_[group_[job].ref.sweep][group_[job].ref.run];
  const bool anew = state.paused_at && state.position == Position{};
  const auto checkpoint = anew ? std::nullopt : read_checkpoint(folder);
  checkpoint ? clear_ending(folder) : clear_run(folder);
  writers_[job] = std::make_unique<RunWriter>(folder, run(job), provenance_, data,
                                              checkpoint ? &*checkpoint : nullptr);
  const std::size_t pause = group_[job].pause;
  if (!checkpoint) {
    return {&experiment.model, experiment.epochs, RunMemory(experiment.model, experiment.init_seed),
            pause};
  }
  warn_of_program(job);
  Job begun{&experiment.model, experiment.epochs, RunMemory(experiment.model), pause};
  checkpoint->restore(begun.memory);
  return begun;
}

void GroupWriters::warn_of_program(std::size_t job) {
  const RunState& state = states_[group_[job].ref.sweep][group_[job].ref.run];
  const auto lines = program_differences(state, provenance_);
  if (lines.empty()) return;
  const std::string text = fmt::format("continued at epoch {} with another program: {}",
                                       state.position.epoch, fmt::join(lines, "; "));
  writers_[job]->warn(text);
  observer_.warned(group_[job].ref, text);
}

void GroupWriters::record(std::size_t job, const EpochRecord& record) {
  if (!writers_[job]) return;
  attempt(job, [&] {
    writers_[job]->record(record);
    observer_.record(group_[job].ref, record);
  });
}

void GroupWriters::finished(std::size_t job, const Outcome& outcome) {
  if (!writers_[job]) return;
  attempt(job, [&] {
    group_[job].lock.check_in_place();
    writers_[job]->finish(outcome);
    RunState& state = states_[group_[job].ref.sweep][group_[job].ref.run];
    state = run_state(experiment_folder(job), run(job));
    // Read back: what somebody removed or changed meanwhile must not pass for a result.
    if (state.kind != RunState::Kind::kFinished) {
      throw Error("its files were changed while it was trained:\n    " +
                      fmt::format("{}", fmt::join(state.differences, "\n    ")),
                  ExitStatus::kRunFailed);
    }
    if (!state.paused_at) group_[job].lock.remove_checkpoint();
    observer_.finished(group_[job].ref, outcome);
  });
}

TrainingObserver::Then GroupWriters::after_step() {
  stopping_ = stop_signal() != 0;
  const Then then = stopping_ || all_failed() ? Then::kSaveAndStop
                    : clock_.due()            ? Then::kSave
                                              : Then::kGoOn;
  return ranks().broadcast_value(then);
}

void GroupWriters::save(std::size_t job, const Position& position, const RunMemory& memory) {
  if (!writers_[job]) return;
  const auto began = std::chrono::steady_clock::now();
  attempt(job, [&] {
    if (stopping_) ++unsaved_;
    group_[job].lock.check_in_place();
    writers_[job]->save(position, memory);
    if (!stopping_) return;
    --unsaved_;
    states_[group_[job].ref.sweep][group_[job].ref.run] =
        run_state(experiment_folder(job), run(job));
    observer_.saved(group_[job].ref, position);
  });
  clock_.took(std::chrono::steady_clock::now() - began);
}

void GroupWriters::fail(const std::string& why) {
  for (std::size_t job = 0; job < group_.size(); ++job) {
    if (!writers_[job]) continue;
    attempt(job, [&] {
      group_[job].lock.check_in_place();
      writers_[job]->fail(why);
      states_[group_[job].ref.sweep][group_[job].ref.run] =
          run_state(experiment_folder(job), run(job));
      group_[job].lock.remove_checkpoint();
      throw Error(why);
    });
  }
}

template <class Body>
void GroupWriters::attempt(std::size_t job, Body body) {
  try {
    body();
  } catch (const Error& error) {
    writers_[job].reset();
    ++failed_;
    observer_.failed({group_[job].ref}, error.what());
  }
}

}  // namespace nnrun

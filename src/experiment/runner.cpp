#include "experiment/runner.h"

#include <spdlog/spdlog.h>

#include <chrono>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include "base/file.h"
#include "base/interrupt.h"
#include "base/parallel.h"
#include "base/ranks.h"
#include "base/text.h"
#include "experiment/checkpoint.h"
#include "experiment/clearing.h"
#include "experiment/group_writers.h"
#include "experiment/groups.h"
#include "experiment/loaded_data.h"
#include "experiment/memory_estimate.h"
#include "experiment/promotion.h"
#include "experiment/rank_work.h"
#include "experiment/run_files.h"
#include "experiment/table_writer.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds kBetweenLooks{100};  // at what other processes hold

/// Which classes there are, and how large, is known once the labels are read.
void check_folds(const Sweep& sweep, const Run& run, const Data& data) {
  const auto why = fold_misfit(run.experiment.feed.split, data.train.labels);
  if (why) throw Error(printable(sweep.source) + ": dataset.split.folds: " + *why);
}

class Runner {
 public:
  Runner(const std::vector<Sweep>& sweeps, const RunOptions& options, RunObserver& observer)
      : sweeps_(sweeps),
        options_(options),
        observer_(observer),
        pool_(rank_threads(options.threads)),
        provenance_(provenance(pool_.threads())),
        tables_(sweeps, options.results) {}

  /// Everything that can be found wrong before a byte is written.
  Plan checked_plan() {
    Plan plan = make_plan(sweeps_, options_, provenance_);
    check_memory(sweeps_, plan.to_train, pool_.threads(), options_.allow_swap);
    for (const Sweep& sweep : sweeps_) check_writable(options_.results / sweep.name);
    for (const RunRef& ref : plan.skipped) {
      check_no_link(folder_of(ref));
      check_no_link(checkpoint_folder(folder_of(ref)));
    }
    for (const RunRef& ref : plan.to_train) {
      check_writable(folder_of(ref));
      for (const char* below : {"weights", "weights_best", "checkpoint"})
        check_writable(folder_of(ref) / below);
    }
    for (const RunRef& ref : plan.to_train) {
      const Data& data = data_.load(run_of(ref).experiment.data);
      check_folds(sweeps_[ref.sweep], run_of(ref), data);
      throw_if_interrupted();
    }
    check_data(plan);
    return plan;
  }

  /// The same on the first of several ranks; the data must be the same on all.
  void prepare() {
    ranks().together([&] { plan_ = checked_plan(); });
    share_data(sweeps_, plan_.to_train, data_);
  }

  ExitStatus run() {
    for (const Sweep& sweep : sweeps_) {
      create_folder(options_.results / sweep.name, ExitStatus::kBadInput);
    }
    clear_away(sweeps_, options_, plan_);
    states_ = plan_.states;
    goals_ = plan_.goals;
    observer_.planned(plan_);
    train_all(plan_.to_train);
    for (std::size_t s = 0; s < sweeps_.size(); ++s) failed_ |= !write_tables_of(s);
    if (stop_signal() != 0 && !unsaved_) return stop_status();
    return failed_ || unsaved_ || !plan_.failed.empty() ? ExitStatus::kRunFailed
                                                        : ExitStatus::kDone;
  }

 private:
  const Run& run_of(const RunRef& ref) const { return sweeps_[ref.sweep].runs[ref.run]; }
  RunState& state_of(const RunRef& ref) { return states_[ref.sweep][ref.run]; }
  std::size_t goal_of(const RunRef& ref) const { return goals_[ref.sweep][ref.run]; }
  fs::path experiment_folder(const RunRef& ref) const {
    return options_.results / sweeps_[ref.sweep].name;
  }
  fs::path folder_of(const RunRef& ref) const { return run_folder(sweeps_, options_, ref); }

  /// A run counts, or goes on, only with the data that would be read now.
  void check_data(const Plan& plan) {
    std::vector<std::string> changed;
    for (const auto* refs : {&plan.skipped, &plan.to_train}) {
      for (const RunRef& ref : *refs) {
        const RunState& state = plan.states[ref.sweep][ref.run];
        if (treatment(state, options_, plan.goals[ref.sweep][ref.run]) == Treatment::kReplace)
          continue;
        const std::string why = other_data(ref, state);
        if (!why.empty()) changed.push_back(why);
      }
    }
    refuse(changed);
  }

  std::string other_data(const RunRef& ref, const RunState& state) {
    const auto kind = state.kind;
    if (kind != RunState::Kind::kFinished && kind != RunState::Kind::kInterrupted) return {};
    return data_refusal(folder_of(ref), state, data_.checksums(run_of(ref).experiment.data));
  }

  void train_all(std::vector<RunRef> to_train) {
    left_ = std::move(to_train);
    while (stop_signal() == 0 && !(left_.empty() && held_elsewhere_.empty())) {
      if (left_.empty()) wait_for_others();
      for (const auto& group : groups(sweeps_, std::exchange(left_, {}), states_)) {
        if (stop_signal() != 0) return;
        if (!train_group(take(group)) && options_.fail_fast) return;
      }
      if (left_.empty() && held_elsewhere_.empty()) promote();
    }
  }

  /// Where a search has come to the end of a rung, the best of it are left to be trained further.
  void promote() {
    auto promotion = next_promotion(sweeps_, options_.results, states_, goals_);
    held_elsewhere_ = std::move(promotion.held_elsewhere);
    for (const auto& [goal, runs] : promotion.by_goal) {
      observer_.promoted(runs, goal);
      left_.insert(left_.end(), runs.begin(), runs.end());
    }
  }

  /// Until another process lets go of one of the runs that it trains, finished or not.
  void wait_for_others() {
    observer_.waiting(held_elsewhere_, RunLock::holder(folder_of(held_elsewhere_.front())));
    while (left_.empty() && stop_signal() == 0) {
      std::this_thread::sleep_for(kBetweenLooks);
      for (const RunRef& ref : std::exchange(held_elsewhere_, {})) {
        const bool held = !RunLock::holder(folder_of(ref)).empty();
        (held ? held_elsewhere_ : left_).push_back(ref);
      }
    }
  }

  std::vector<HeldRun> take(const std::vector<RunRef>& group) {
    std::vector<HeldRun> taken;
    for (const RunRef& ref : group) {
      try {
        if (auto held = take(ref)) taken.push_back(std::move(*held));
      } catch (const Error& error) {
        fail({ref}, error.what());
      }
    }
    return taken;
  }

  /// A run for this process, if no other holds it, and it is still to be trained from where the plan saw
  /// it. The tree may have changed since then.
  std::optional<HeldRun> take(const RunRef& ref) {
    auto lock = RunLock::try_hold(folder_of(ref));
    if (!lock) {
      held_elsewhere_.push_back(ref);
      return std::nullopt;
    }
    const RunState before =
        std::exchange(state_of(ref), run_state(experiment_folder(ref), run_of(ref)));
    const RunState& now = state_of(ref);
    if (const auto why = other_data(ref, now); !why.empty()) throw Error(why);
    switch (treatment(now, {}, goal_of(ref))) {
      case Treatment::kTrain: break;
      case Treatment::kSkip:
        if (!now.paused_at) lock->remove_checkpoint();
        observer_.finished_elsewhere(ref);
        return std::nullopt;
      default: throw Error(refusal(folder_of(ref), now));
    }
    const auto why = program_refusal(folder_of(ref), now, provenance_, options_, goal_of(ref));
    if (!why.empty()) throw Error(why);
    if (now.position != before.position) {  // with others than the plan saw it with
      left_.push_back(ref);
      return std::nullopt;
    }
    return HeldRun{ref, std::move(*lock), goal_of(ref)};
  }

  /// False when a run failed.
  bool train_group(std::vector<HeldRun> group) {
    if (group.empty()) return !failed_;
    const auto refs = refs_of(group);
    GroupWriters writers(sweeps_, options_.results, group, provenance_, states_, observer_);
    try {
      spdlog::debug("{} runs in lockstep on {} threads", group.size(), pool_.threads());
      observer_.started(refs);
      train_held(group, writers);
      if (!writers.any_failed()) return true;
    } catch (const std::bad_alloc&) {
      if (!ranks().alone()) throw;
      group.clear();
      if (refs.size() > 1) return train_one_by_one(refs);
      fail(refs, "out of memory; 'nnrun plan' shows what a run needs");
    }
    unsaved_ |= writers.any_unsaved();
    failed_ = true;
    return false;
  }

  void train_held(const std::vector<HeldRun>& group, GroupWriters& writers) {
    const Experiment& first = run_of(group.front().ref).experiment;
    const Data& data = data_.load(first.data);
    auto jobs = writers.start(data.files);
    if (writers.all_failed()) return;
    const Position& start = state_of(group.front().ref).position;
    share_group(group, options_.results, sweeps_, writers, start);
    try {
      train(data, first.feed, std::move(jobs), start, pool_, writers);
    } catch (const Error& error) {
      writers.fail(error.what());
    }
    if (!tables_.due()) return;
    std::set<std::size_t> sweeps;
    for (const HeldRun& held : group) sweeps.insert(held.ref.sweep);
    for (const std::size_t sweep : sweeps) failed_ |= !write_tables_of(sweep);
  }

  /// False when they could not be written, which is told and ends no run.
  bool write_tables_of(std::size_t sweep) {
    try {
      tables_.write(sweep, states_[sweep]);
      return true;
    } catch (const Interrupted&) {  // while another process wrote them
      return true;
    } catch (const Error& error) {
      spdlog::error("{}", error.what());
      return false;
    }
  }

  /// What is too much for all may do for each.
  bool train_one_by_one(const std::vector<RunRef>& refs) {
    bool all = true;
    for (const RunRef& ref : refs) {
      state_of(ref) = run_state(experiment_folder(ref), run_of(ref));
      if (treatment(state_of(ref), {}, goal_of(ref)) == Treatment::kTrain)
        all = train_group(take(std::vector{ref})) && all;
    }
    return all;
  }

  void fail(const std::vector<RunRef>& refs, const std::string& why) {
    failed_ = true;
    observer_.failed(refs, why);
  }

  const std::vector<Sweep>& sweeps_;
  const RunOptions& options_;
  RunObserver& observer_;
  Pool pool_;
  Provenance provenance_;
  LoadedData data_;
  TableWriter tables_;
  Plan plan_;
  std::vector<std::vector<RunState>> states_;    ///< of each sweep's runs
  std::vector<std::vector<std::size_t>> goals_;  ///< to which epoch each of them is trained
  std::vector<RunRef> left_;                     ///< to be trained
  std::vector<RunRef> held_elsewhere_;           ///< what other processes train
  bool failed_ = false;
  bool unsaved_ = false;  ///< a run that was to stop could not be saved
};

}  // namespace

ExitStatus run_sweeps(const std::vector<Sweep>& sweeps, const RunOptions& options,
                      RunObserver& observer) {
  Runner runner(sweeps, options, observer);
  runner.prepare();
  return lead_ranks([&] { return runner.run(); });
}

Plan prepare_sweeps(const std::vector<Sweep>& sweeps, const RunOptions& options) {
  RunObserver nobody;
  return Runner(sweeps, options, nobody).checked_plan();
}

}  // namespace nnrun

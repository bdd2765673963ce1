#include "experiment/runner.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "base/parallel.h"
#include "base/text.h"
#include "experiment/group_writers.h"
#include "experiment/groups.h"
#include "experiment/memory_estimate.h"
#include "experiment/run_files.h"
#include "experiment/tables.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

/// "results/a/run: finished on other data: …": why a finished run can be neither kept nor replaced.
std::string refusal(const fs::path& folder, const std::string& how,
                    const std::vector<std::string>& lines) {
  return fmt::format("{}: finished {}:\n    {}", printable(folder.string()), how,
                     fmt::join(lines, "\n    "));
}

void refuse(const std::vector<std::string>& refusals) {
  if (refusals.empty()) return;
  throw Error(
      fmt::format("{}\nGive the experiment another name (--set name=…), other --results, or "
                  "train it anew with --fresh",
                  fmt::join(refusals, "\n")));
}

class Runner {
 public:
  Runner(const std::vector<Sweep>& sweeps, const RunOptions& options, RunObserver& observer)
      : sweeps_(sweeps),
        options_(options),
        observer_(observer),
        pool_(options.threads),
        provenance_(provenance(pool_.threads())) {}

  ExitStatus run() {
    // A tree that is there is looked at under its lock; a new one is made when all is checked.
    std::optional<FolderLock> lock;
    std::error_code error;
    if (fs::is_directory(options_.results, error)) lock.emplace(options_.results);
    Plan plan = prepare();
    if (!lock) {
      create_folder(options_.results, ExitStatus::kBadInput);
      lock.emplace(options_.results);
      plan = prepare();  // again: another nnrun may have made the tree meanwhile
    }
    states_ = plan.states;
    for (const Sweep& sweep : sweeps_) {
      create_folder(options_.results / sweep.name, ExitStatus::kBadInput);
    }
    // Replaced at once, so that the same command without --fresh can go on after a crash.
    for (const RunRef& ref : plan.to_train) clear_run(folder_of(ref));
    if (options_.fresh) clear_changed();
    observer_.planned(plan);
    for (const auto& group : groups(sweeps_, plan.to_train)) {
      if (!train_group(group) && options_.fail_fast) break;
    }
    for (std::size_t s = 0; s < sweeps_.size(); ++s) write_tables_of(s);
    return failed_ ? ExitStatus::kRunFailed : ExitStatus::kDone;
  }

 private:
  using Clock = std::chrono::steady_clock;

  const Run& run_of(const RunRef& ref) const { return sweeps_[ref.sweep].runs[ref.run]; }

  fs::path folder_of(const RunRef& ref) const {
    return options_.results / sweeps_[ref.sweep].name / run_of(ref).folder;
  }

  /// Runs of another configuration under the same names, which would stand in the way from now on.
  void clear_changed() {
    for (const Sweep& sweep : sweeps_) {
      for (const auto& run : changed_outside_grid(options_.results / sweep.name, sweep)) {
        clear_run(run.folder);
      }
    }
  }

  /// Everything that can be found wrong before a byte is written.
  Plan prepare() {
    Plan plan = make_plan(sweeps_, options_);
    // Once: later, what is loaded would be counted twice.
    if (data_.empty()) {
      check_memory(sweeps_, plan.to_train, pool_.threads(), options_.allow_swap);
    }
    for (const Sweep& sweep : sweeps_) check_writable(options_.results / sweep.name);
    for (const RunRef& ref : plan.to_train) {
      check_writable(folder_of(ref));
      check_writable(folder_of(ref) / "weights");
    }
    for (const RunRef& ref : plan.to_train) load(run_of(ref).experiment);
    check_data(plan);
    return plan;
  }

  /// A finished run counts only when it was trained on the data that would be read now.
  void check_data(const Plan& plan) {
    std::vector<std::string> changed;
    for (const RunRef& ref : plan.skipped) {
      const auto lines =
          data_differences(plan.states[ref.sweep][ref.run], checksums_of(run_of(ref).experiment));
      if (!lines.empty()) changed.push_back(refusal(folder_of(ref), "on other data", lines));
    }
    refuse(changed);
  }

  /// A published data set is known by its checksums, so that a grid that is finished needs no data:
  /// who runs it again on another machine expects it to be skipped, not to fetch what nothing needs.
  const std::vector<std::string>& checksums_of(const Experiment& experiment) {
    auto& sums = checksums_[experiment.data.key];
    if (!sums.empty()) return sums;
    const auto loaded = data_.find(experiment.data.key);
    sums =
        loaded != data_.end() ? checksums(*loaded->second) : experiment.data.dataset->checksums();
    return sums;
  }

  void write_tables_of(std::size_t sweep) {
    const auto began = Clock::now();
    write_tables(options_.results / sweeps_[sweep].name, sweeps_[sweep], states_[sweep]);
    tables_written_ = Clock::now();
    tables_took_ = tables_written_ - began;
  }

  /// The tables are written whole each time: no more often than to take a tenth of the time. At the
  /// end they always are.
  bool tables_due() const { return Clock::now() - tables_written_ > 10 * tables_took_; }

  const Data& load(const Experiment& experiment) {
    auto& data = data_[experiment.data.key];
    if (data) return *data;
    const auto began = Clock::now();
    data = std::make_unique<Data>(load_data(experiment.data));
    const std::chrono::duration<double> took = Clock::now() - began;
    spdlog::debug("read data set {} in {}: {} training and {} test samples", experiment.data.name,
                  duration(took.count()), data->train.count(), data->test.count());
    return *data;
  }

  bool train_group(const std::vector<RunRef>& group) {
    try {
      spdlog::debug("{} runs in lockstep on {} threads", group.size(), pool_.threads());
      observer_.started(group);
      GroupWriters writers(sweeps_, options_.results, group, provenance_, states_, observer_);
      std::vector<Job> jobs;
      for (const RunRef& ref : group) {
        const Experiment& experiment = run_of(ref).experiment;
        jobs.push_back({&experiment.model, experiment.epochs});
      }
      const Experiment& first = run_of(group.front()).experiment;
      const Data& data = load(first);
      writers.start(data.files);
      train(data, first.feed, jobs, pool_, writers);
      if (tables_due()) {
        for (const std::size_t sweep : sweeps_of(group)) write_tables_of(sweep);
      }
      if (!writers.any_failed()) return true;
    } catch (const GroupWriters::AllFailed&) {  // and each has been told of
    } catch (const Error& error) {
      observer_.failed(group, error.what());
    } catch (const std::bad_alloc&) {
      if (group.size() > 1) return train_one_by_one(group);
      observer_.failed(group, "out of memory; 'nnrun plan' shows what a run needs");
    }
    failed_ = true;
    return false;
  }

  /// What is too much for all may do for each.
  bool train_one_by_one(const std::vector<RunRef>& group) {
    bool all = true;
    for (const RunRef& ref : group) {
      if (states_[ref.sweep][ref.run].kind != RunState::Kind::kFinished) {
        all = train_group({ref}) && all;
      }
    }
    return all;
  }

  static std::set<std::size_t> sweeps_of(const std::vector<RunRef>& group) {
    std::set<std::size_t> sweeps;
    for (const RunRef& ref : group) sweeps.insert(ref.sweep);
    return sweeps;
  }

  const std::vector<Sweep>& sweeps_;
  const RunOptions& options_;
  RunObserver& observer_;
  Pool pool_;
  Provenance provenance_;
  std::map<std::string, std::unique_ptr<Data>> data_;
  std::map<std::string, std::vector<std::string>> checksums_;  ///< of the data, by its key
  std::vector<std::vector<RunState>> states_;                  ///< of each sweep's runs
  Clock::time_point tables_written_;
  Clock::duration tables_took_{};
  bool failed_ = false;
};

}  // namespace

Plan make_plan(const std::vector<Sweep>& sweeps, const RunOptions& options) {
  Plan plan;
  std::vector<std::string> changed;
  for (std::size_t s = 0; s < sweeps.size(); ++s) {
    const fs::path folder = options.results / sweeps[s].name;
    if (!options.fresh) {
      for (const auto& run : changed_outside_grid(folder, sweeps[s])) {
        changed.push_back(run.message);
      }
    }
    const auto& runs = sweeps[s].runs;
    plan.states.push_back(options.fresh ? std::vector<RunState>(runs.size())
                                        : run_states(folder, sweeps[s]));
    for (std::size_t r = 0; r < runs.size(); ++r) {
      const RunState& state = plan.states[s][r];
      if (!state.differences.empty()) {
        const bool damaged = state.kind == RunState::Kind::kDamaged;
        changed.push_back(refusal(folder / runs[r].folder,
                                  damaged ? "but not whole" : "with another configuration",
                                  state.differences));
      }
      const bool finished = state.kind == RunState::Kind::kFinished;
      (finished ? plan.skipped : plan.to_train).push_back({s, r});
    }
  }
  refuse(changed);
  return plan;
}

ExitStatus run_sweeps(const std::vector<Sweep>& sweeps, const RunOptions& options,
                      RunObserver& observer) {
  return Runner(sweeps, options, observer).run();
}

}  // namespace nnrun

#include "train/trainer.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <numeric>
#include <utility>

#include "math/elementwise.h"
#include "train/pass.h"

namespace nnrun {

namespace {

/// Parameters that one worker updates at a time.
constexpr std::size_t kUpdateSlice = 16384;

/// A job being trained.
struct ActiveRun {
  std::size_t job = 0;
  const Model* model = nullptr;
  double learning_rate = 0;
  std::size_t epochs = 0;
  std::vector<Scalar> parameters;
  std::vector<std::vector<Scalar>> gradients;  ///< one for each shard
  std::string non_finite;                      ///< the parameter that went non-finite, if one did
};

/// The first measure of a record that is not finite, as its column is named.
std::string non_finite_measure(const Model& model, const EpochRecord& record) {
  const auto names = model.measures();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!record.train.empty() && !std::isfinite(record.train[i])) return "train_" + names[i];
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!record.validation.empty() && !std::isfinite(record.validation[i])) {
      return "validation_" + names[i];
    }
  }
  return {};
}

class Trainer {
 public:
  Trainer(const Data& data, const Feed& feed, const std::vector<Job>& jobs, const Pool& pool,
          TrainingObserver& observer)
      : data_(data),
        feed_(feed),
        pool_(pool),
        observer_(observer),
        split_(draw_split(feed.split, data.train.count(), feed.seed, 0)),
        scaling_(feed.scale, data.train, split_.train),
        passes_(pool, scaling_) {
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      runs_.push_back({i,
                       jobs[i].model,
                       jobs[i].learning_rate,
                       jobs[i].epochs,
                       jobs[i].model->network.initial_parameters(feed.seed),
                       {},
                       {}});
    }
  }

  void run() {
    started_ = std::chrono::steady_clock::now();
    for (std::size_t epoch = 0; !runs_.empty(); ++epoch) {
      if (feed_.split.shuffle == Shuffle::kEveryEpoch && epoch > 0) {
        split_ = draw_split(feed_.split, data_.train.count(), feed_.seed, epoch);
      }
      if (feed_.batch_size == 0) {
        full_batch_epoch(epoch);
      } else {
        mini_batch_epoch(epoch);
      }
    }
  }

 private:
  std::vector<std::vector<Tally>> pass(std::span<const Section> sections) {
    std::vector<PassRun> runs;
    for (ActiveRun& run : runs_) runs.push_back({run.model, run.parameters, &run.gradients});
    return passes_.run(sections, runs);
  }

  Section training(std::span<const std::uint32_t> positions) {
    const std::size_t shards = shard_count(positions.size());
    for (ActiveRun& run : runs_) run.gradients.resize(std::max(run.gradients.size(), shards));
    return {&data_.train, positions, true, 0};
  }

  /// Row `epoch` and the gradient of the next update come from one pass over the training samples.
  void full_batch_epoch(std::size_t epoch) {
    const auto ends = [&](const ActiveRun& run) { return run.epochs == epoch; };
    const bool last = std::all_of(runs_.begin(), runs_.end(), ends);
    const Section train =
        last ? Section{&data_.train, split_.train, false, 0} : training(split_.train);
    const Section validation{&data_.train, split_.validation, false, 0};
    const auto tallies = pass(std::array{train, validation});
    record(epoch, tallies[0], tallies[1]);
    if (!runs_.empty()) update(shard_count(split_.train.size()));
  }

  void mini_batch_epoch(std::size_t epoch) {
    std::vector<Tally> train;
    if (epoch == 0) {
      train = pass(std::array{Section{&data_.train, split_.train, false, 0}})[0];
    } else {
      train = train_on_batches(epoch);
    }
    record(epoch, train, pass(std::array{Section{&data_.train, split_.validation, false, 0}})[0]);
  }

  std::vector<Tally> train_on_batches(std::size_t epoch) {
    const auto order = batch_order(split_.train, feed_.split.shuffle, feed_.seed, epoch);
    std::vector<Tally> totals;
    for (std::size_t start = 0; start < order.size(); start += feed_.batch_size) {
      const std::size_t count = std::min(feed_.batch_size, order.size() - start);
      auto tallies = pass(std::array{training(std::span(order).subspan(start, count))})[0];
      if (totals.empty()) {
        totals = std::move(tallies);
      } else {
        for (std::size_t r = 0; r < totals.size(); ++r) totals[r].add(tallies[r]);
      }
      update(shard_count(count));
    }
    return totals;
  }

  /// Adds each run's shard gradients in shard order and takes one step. Slices are independent, so
  /// that the result does not depend on who does which.
  void update(std::size_t shards) {
    struct Slice {
      ActiveRun* run;
      std::size_t offset;
      std::size_t size;
    };
    std::vector<Slice> slices;
    for (ActiveRun& run : runs_) {
      for (std::size_t offset = 0; offset < run.parameters.size(); offset += kUpdateSlice) {
        slices.push_back({&run, offset, std::min(kUpdateSlice, run.parameters.size() - offset)});
      }
    }
    std::atomic<bool> all_good = true;
    pool_.for_each(slices.size(), [&](std::size_t index, std::size_t) {
      const auto& [run, offset, size] = slices[index];
      const auto gradient = std::span(run->gradients[0]).subspan(offset, size);
      for (std::size_t s = 1; s < shards; ++s) {
        add(gradient, std::span<const Scalar>(run->gradients[s]).subspan(offset, size));
      }
      const auto parameters = std::span(run->parameters).subspan(offset, size);
      run->model->optimizer->step(run->learning_rate, parameters, gradient);
      if (!all_finite(parameters)) all_good = false;
    });
    if (!all_good) note_non_finite();
  }

  void note_non_finite() {
    for (ActiveRun& run : runs_) {
      if (!run.non_finite.empty()) continue;
      for (const NetworkParameter& parameter : run.model->network.parameters()) {
        if (!all_finite(std::span(run.parameters).subspan(parameter.offset, parameter.size))) {
          run.non_finite = parameter.name;
          break;
        }
      }
    }
  }

  void record(std::size_t epoch, const std::vector<Tally>& train,
              const std::vector<Tally>& validation) {
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double> elapsed = now - std::exchange(started_, now);
    const double seconds = elapsed.count() / static_cast<double>(runs_.size());
    std::vector<ActiveRun> going_on;
    for (std::size_t r = 0; r < runs_.size(); ++r) {
      ActiveRun& run = runs_[r];
      const EpochRecord row{epoch, run.learning_rate, train[r].means(), validation[r].means(),
                            seconds};
      observer_.record(run.job, row);
      if (run.non_finite.empty()) run.non_finite = non_finite_measure(*run.model, row);
      if (epoch < run.epochs && run.non_finite.empty()) {
        going_on.push_back(std::move(run));
      } else {
        finish(run, epoch);
      }
    }
    runs_ = std::move(going_on);
  }

  void finish(ActiveRun& run, std::size_t epoch) {
    Outcome outcome;
    outcome.diverged = !run.non_finite.empty();
    outcome.last_epoch = epoch;
    outcome.first_non_finite = run.non_finite;
    if (!outcome.diverged) test(run, outcome);
    outcome.parameters = std::move(run.parameters);
    observer_.finished(run.job, outcome);
  }

  void test(const ActiveRun& run, Outcome& outcome) {
    std::vector<std::uint32_t> all(data_.test.count());
    std::iota(all.begin(), all.end(), 0U);
    const Section section{&data_.test, all, false, run.model->labels.classes(data_.classes)};
    const PassRun only{run.model, run.parameters, nullptr};
    const Tally tally = passes_.run(std::array{section}, std::array{only})[0][0];
    outcome.test = tally.means();
    outcome.confusion = tally.confusion;
  }

  const Data& data_;
  const Feed& feed_;
  const Pool& pool_;
  TrainingObserver& observer_;
  Split split_;
  FeatureScaling scaling_;
  PassRunner passes_;
  std::vector<ActiveRun> runs_;
  std::chrono::steady_clock::time_point started_;
};

}  // namespace

void train(const Data& data, const Feed& feed, const std::vector<Job>& jobs, const Pool& pool,
           TrainingObserver& observer) {
  Trainer(data, feed, jobs, pool, observer).run();
}

}  // namespace nnrun

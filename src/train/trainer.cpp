#include "train/trainer.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/ranks.h"
#include "train/active_runs.h"

namespace nnrun {

namespace {

/// The first measure of a record that is not finite, as its column is named.
std::string non_finite_measure(const Model& model, const EpochRecord& record) {
  const auto names = model.measures();
  const auto find = [&](const std::vector<double>& values, const std::string& part) -> std::string {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!std::isfinite(values[i]) && !model.may_be_undefined(i)) return part + names[i];
    }
    return {};
  };
  const std::string train = find(record.train, "train_");
  return train.empty() ? find(record.validation, "validation_") : train;
}

class Trainer {
 public:
  Trainer(const Data& data, const Feed& feed, std::vector<Job> jobs, const Position& start,
          const Pool& pool, TrainingObserver& observer)
      : data_(data),
        feed_(feed),
        pool_(pool),
        observer_(observer),
        split_(draw_split(feed.split, data.train.labels, feed.split_seed, 0)),
        fitted_(fit_features(feed, data.train, split_)),
        augmenter_(feed.augmentations, data.sample, feed.order_seed),
        passes_(pool, fitted_.scaling),
        active_(pool, fitted_.scaling, fitted_.bytes, feed.reduction),
        train_(data.train, feed.shards),
        validation_(data.train, feed.shards),
        test_(data.test, feed.shards),
        batch_(data.train, feed.shards),
        position_(start) {
    std::vector<ActiveRun> runs;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      ActiveRun& run = runs.emplace_back(std::move(jobs[i].memory));
      run.job = i;
      run.model = jobs[i].model;
      run.epochs = jobs[i].epochs;
      run.pause = jobs[i].pause;
    }
    active_.assign(std::move(runs));
    use_split();
    if (position_.update == 0) set_rates(0);
  }

  void run() {
    started_ = std::chrono::steady_clock::now();
    while (!active_.empty() && !stopped_) {
      if (feed_.split.shuffle == Shuffle::kEveryEpoch && position_.epoch > 0) {
        split_ = draw_split(feed_.split, data_.train.labels, feed_.split_seed, position_.epoch);
        use_split();
      }
      if (feed_.batch_size == 0) {
        full_batch_epoch();
      } else {
        mini_batch_epoch();
      }
    }
  }

 private:
  /// Samples that many passes go over.
  void keep(Shards& shards, std::vector<std::uint32_t> positions) const {
    if (fitted_.bytes && !feed_.streamed) {
      shards.assign_and_keep(std::move(positions), pool_);
    } else {
      shards.assign(std::move(positions));
    }
  }

  void use_split() {
    auto train = split_.train;
    auto validation = split_.validation;
    fitted_.arrange(data_.train, train);
    fitted_.arrange(data_.train, validation);
    keep(validation_, std::move(validation));
    // Mini-batches make blocks of their own: only row 0 goes over all training samples.
    feed_.batch_size == 0 ? keep(train_, std::move(train)) : train_.assign(std::move(train));
  }

  /// Training samples as they are in this epoch, to be trained on or only measured.
  Section training(const Shards& shards, bool train = true) {
    if (train) active_.reserve(shards.count());
    const PassFacts facts{.train = true, .seed = feed_.order_seed, .update = position_.update};
    const Augmenter* augmenter = augmenter_.empty() ? nullptr : &augmenter_;
    return {&shards, train, 0, facts, augmenter, position_.epoch};
  }

  void set_rates(std::size_t epoch) {
    const std::size_t samples = split_.train.size();
    const std::size_t batch = feed_.batch_size == 0 ? samples : feed_.batch_size;
    for (ActiveRun& run : active_.runs()) {
      run.rates.set({position_.update, epoch, (samples + batch - 1) / batch, run.epochs});
    }
  }

  /// The update that a pass over these samples was made for, which came to `tallies`.
  void step(const Shards& samples, std::size_t epochs_done, const std::vector<Tally>& tallies) {
    set_rates(epochs_done);
    for (std::size_t r = 0; r < tallies.size(); ++r) {
      const ActiveRun& run = active_.runs()[r];
      if (run.ended) continue;
      observer_.update(run.job, run.rates.rate(), tallies[r].loss(*run.model));
    }
    active_.step(samples, ++position_.update);
  }

  /// Between two steps, when everything that a run remembers is in place.
  void after_step() {
    const auto then = observer_.after_step();
    if (then == TrainingObserver::Then::kGoOn) return;
    for (const ActiveRun& run : active_.runs()) observer_.save(run.job, position_, run);
    stopped_ = then == TrainingObserver::Then::kSaveAndStop;
  }

  /// Before a row is measured: the runs that pause with it go on from here.
  void save_pausing() {
    for (const ActiveRun& run : active_.runs()) {
      if (run.pauses_at(position_.epoch)) observer_.save(run.job, position_, run);
    }
  }

  /// Row `epoch` and the gradient of the next update come from one pass over the training samples.
  void full_batch_epoch() {
    save_pausing();
    const std::size_t epoch = position_.epoch;
    const auto runs = active_.runs();
    const bool last = std::all_of(runs.begin(), runs.end(), [&](const ActiveRun& run) {
      return run.epochs == epoch || run.pauses_at(epoch);
    });
    const Section train = training(train_, !last);
    const Section validation{&validation_};
    const auto tallies = passes_.run(std::array{train, validation}, active_.bundles());
    record(tallies[0], tallies[1]);
    if (!last) step(train_, epoch, tallies[0]);
    end_epoch();
    if (!active_.empty()) after_step();
  }

  void mini_batch_epoch() {
    std::vector<Tally> train;
    if (position_.epoch == 0) {
      Section untrained = training(train_, false);
      untrained.facts.train = false;
      train = passes_.run(std::array{untrained}, active_.bundles())[0];
    } else {
      train_on_batches();
      if (stopped_) return;
      save_pausing();
      for (ActiveRun& run : active_.runs()) train.push_back(std::exchange(run.measured, {}));
    }
    const Section validation{&validation_, false, 0, {}};
    record(train, passes_.run(std::array{validation}, active_.bundles())[0]);
    end_epoch();
  }

  void train_on_batches() {
    const auto order =
        batch_order(split_.train, feed_.split.shuffle, feed_.order_seed, position_.epoch);
    while (position_.batches * feed_.batch_size < order.size() && !stopped_) {
      const std::size_t start = position_.batches * feed_.batch_size;
      const std::size_t count = std::min(feed_.batch_size, order.size() - start);
      const auto dealt = std::span(order).subspan(start, count);
      std::vector<std::uint32_t> positions(dealt.begin(), dealt.end());
      fitted_.arrange(data_.train, positions);
      batch_.assign(std::move(positions));
      auto tallies = passes_.run(std::array{training(batch_)}, active_.bundles())[0];
      step(batch_, position_.epoch - 1, tallies);
      for (std::size_t r = 0; r < tallies.size(); ++r) {
        ActiveRun& run = active_.runs()[r];
        if (position_.batches == 0) {
          run.measured = std::move(tallies[r]);
        } else {
          run.measured.add(*run.model, tallies[r]);
        }
      }
      ++position_.batches;
      after_step();
    }
  }

  void record(const std::vector<Tally>& train, const std::vector<Tally>& validation) {
    const std::size_t epoch = position_.epoch;
    const auto runs = active_.runs();
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double> elapsed = now - std::exchange(started_, now);
    // A rule that stops by the clock must say the same on all ranks.
    const double seconds =
        ranks().broadcast_value(elapsed.count() / static_cast<double>(runs.size()));
    for (std::size_t r = 0; r < runs.size(); ++r) {
      ActiveRun& run = runs[r];
      const EpochRecord row{epoch, run.rates.rate(), train[r].values(*run.model),
                            validation[r].values(*run.model), seconds};
      observer_.record(run.job, row);
      if (run.non_finite.empty()) run.non_finite = non_finite_measure(*run.model, row);
      if (epoch > 0) run.rates.observe(row.validation.empty() ? row.train[0] : row.validation[0]);
      run.end_if_due(row);
    }
  }

  void end_epoch() {
    finish_ended();
    ++position_.epoch;
    position_.batches = 0;
  }

  void finish_ended() {
    auto runs = active_.take_ended();
    if (runs.empty()) return;
    for (ActiveRun& run : runs) run.restore_best();
    ActiveRuns ended(pool_, fitted_.scaling, fitted_.bytes);
    ended.assign(std::move(runs));
    if (test_.count() == 0) test_all();
    const auto test = passes_.run(std::array{last_look_at(test_)}, ended.bundles())[0];
    const auto validation = looks_at_validation(ended);
    for (std::size_t r = 0; r < ended.runs().size(); ++r) {
      const ActiveRun& run = ended.runs()[r];
      const Tally on_validation = validation.empty() ? Tally() : validation[r];
      observer_.finished(run.job, outcome_of(run, position_.epoch, test[r], on_validation));
    }
  }

  Section last_look_at(const Shards& samples) const {
    Section section{&samples, false, data_.classes, {}};
    section.hidden_units = true;
    return section;
  }

  /// A pass over the validation samples again, if any of these runs asks for it, or where there are no
  /// test samples.
  std::vector<Tally> looks_at_validation(ActiveRuns& ended) {
    const auto runs = ended.runs();
    const auto asks = [](const ActiveRun& run) { return run.model->confusion_of_validation; };
    if (test_.count() > 0 && std::none_of(runs.begin(), runs.end(), asks)) return {};
    return passes_.run(std::array{last_look_at(validation_)}, ended.bundles())[0];
  }

  void test_all() {
    std::vector<std::uint32_t> all(data_.test.count());
    std::iota(all.begin(), all.end(), 0U);
    keep(test_, std::move(all));
  }

  const Data& data_;
  const Feed& feed_;
  const Pool& pool_;
  TrainingObserver& observer_;
  Split split_;
  Fitted fitted_;
  Augmenter augmenter_;
  PassRunner passes_;
  ActiveRuns active_;
  Shards train_;
  Shards validation_;
  Shards test_;
  Shards batch_;
  Position position_;
  bool stopped_ = false;  ///< the observer wants no more steps
  std::chrono::steady_clock::time_point started_;
};

}  // namespace

void train(const Data& data, const Feed& feed, std::vector<Job> jobs, const Position& start,
           const Pool& pool, TrainingObserver& observer) {
  Trainer(data, feed, std::move(jobs), start, pool, observer).run();
}

}  // namespace nnrun

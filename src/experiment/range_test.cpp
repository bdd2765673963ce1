#include "experiment/range_test.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "core/registry.h"

namespace nnrun {

namespace {

/// The mean over the steps so far in which each weighs `decay` times as much as the next.
class DecayingMean {
 public:
  explicit DecayingMean(double decay) : decay_(decay) {}

  double add(double value) {
    sum_ = decay_ * sum_ + value;
    weight_ = decay_ * weight_ + 1;
    return sum_ / weight_;
  }

 private:
  double decay_;
  double sum_ = 0;
  double weight_ = 0;
};

/// A mean over about a tenth of the steps: 0.9 for 100 of them, 0.98 for 500.
double decay_of(std::size_t steps) {
  return 1 - 10 / static_cast<double>(std::max<std::size_t>(steps, 20));
}

/// Takes down rates and losses, and says when it is enough.
class RangeObserver final : public TrainingObserver {
 public:
  RangeObserver(std::size_t steps, bool noisy) : most_(steps), mean_(noisy ? decay_of(steps) : 0) {}

  void record(std::size_t /*job*/, const EpochRecord& row) override {
    if (!std::isfinite(row.train[0])) rose_ = true;
  }
  void finished(std::size_t /*job*/, const Outcome& /*outcome*/) override {}

  void update(std::size_t /*job*/, double rate, double loss) override {
    constexpr double kTooMuch = 4;
    rose_ = rose_ || !std::isfinite(loss);
    if (rose_) return;
    steps_.push_back({rate, loss, loss});
    const double mean = mean_.add(loss);
    least_ = std::min(least_, mean);
    rose_ = mean > kTooMuch * least_;
  }

  Then after_step() override {
    return rose_ || steps_.size() == most_ ? Then::kSaveAndStop : Then::kGoOn;
  }

  RangeTest take() { return {std::move(steps_), rose_}; }

 private:
  std::size_t most_;
  DecayingMean mean_;
  double least_ = std::numeric_limits<double>::infinity();
  bool rose_ = false;
  std::vector<RangeStep> steps_;
};

std::shared_ptr<const Schedule> rising_rate(const RangeOptions& options) {
  const double factor =
      std::pow(options.to / options.from, 1 / static_cast<double>(options.steps - 1));
  const std::string text = fmt::format("exponential: {{from: {}, factor: {}, by: update}}",
                                       shortest(options.from), shortest(factor));
  Diagnostics none;
  Reading reading(none);
  auto node = parse_yaml(text, "find-lr", none);
  auto made = make<Schedule>({&*node, {}, &reading}).leaf;
  none.throw_if_any();
  return made;
}

/// The model with the rate of the test, and without what would end it early.
Model rising(const Experiment& experiment, const RangeOptions& options) {
  Model model = experiment.model;
  model.learning_rate = rising_rate(options);
  model.stop = {};
  model.keep_best.reset();
  return model;
}

std::size_t updates_per_epoch(const Feed& feed, std::size_t samples) {
  const std::size_t training = split_counts(feed.split, samples).train;
  return feed.batch_size == 0 ? 1 : (training + feed.batch_size - 1) / feed.batch_size;
}

}  // namespace

void smooth(std::vector<RangeStep>& steps, std::size_t planned) {
  // Forwards alone the mean would lag behind the loss, and the rates would come out too large.
  DecayingMean forwards(decay_of(planned));
  DecayingMean backwards(decay_of(planned));
  for (RangeStep& step : steps) step.smoothed = forwards.add(step.loss) / 2;
  for (std::size_t i = steps.size(); i-- > 0;) {
    steps[i].smoothed += backwards.add(steps[i].loss) / 2;
  }
}

std::size_t RangeTest::least() const {
  const auto found = std::min_element(steps.begin(), steps.end(), [](const auto& a, const auto& b) {
    return a.smoothed < b.smoothed;
  });
  return static_cast<std::size_t>(found - steps.begin());
}

std::optional<std::size_t> RangeTest::steepest() const {
  std::optional<std::size_t> found;
  double most = 0;
  for (std::size_t i = 1; i < least(); ++i) {
    // The steps lie evenly on the logarithm of the rate.
    const double fall = steps[i - 1].smoothed - steps[i + 1].smoothed;
    if (fall <= most) continue;
    most = fall;
    found = i;
  }
  return found;
}

RangeTest test_range(const Experiment& experiment, const RangeOptions& options, const Pool& pool) {
  if (experiment.model.optimizer->is_whole()) {
    throw Error("optimizer: takes no step of a given learning rate, so that there is none to find");
  }
  const Data data = load_data(experiment.data);
  const auto misfit = fold_misfit(experiment.feed.split, data.train.labels);
  if (misfit) throw Error("dataset.split.folds: " + *misfit);
  const Model model = rising(experiment, options);
  const std::size_t each = updates_per_epoch(experiment.feed, data.train.count());
  const bool noisy = experiment.feed.batch_size > 0;
  RangeObserver observer(options.steps, noisy);
  const std::size_t epochs = (options.steps + each - 1) / each;
  train(data, experiment.feed, {{&model, epochs, RunMemory(model, experiment.init_seed)}}, {}, pool,
        observer);
  RangeTest test = observer.take();
  if (test.steps.empty()) {
    throw Error(
        "the loss is not finite before any update: take smaller starting weights or scale "
        "the data",
        ExitStatus::kRunFailed);
  }
  if (noisy) smooth(test.steps, options.steps);
  return test;
}

}  // namespace nnrun

// What is measured beside the loss trained on.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/options.h"
#include "core/targets.h"

namespace nnrun {

class Metric {
 public:
  static constexpr const char* kKind = "metric";
  virtual ~Metric() = default;

  /// What is known of the samples seen so far: counts and sums.
  using State = std::vector<double>;

  /// Why this metric cannot be used at such an end of a network, or nothing when it can.
  virtual std::optional<std::string> misfit(const NetworkEnd& end) const = 0;

  /// What its values are counted in, as an axis is labelled: "share of samples".
  virtual std::string unit() const = 0;

  /// Whether more is better; otherwise less is.
  virtual bool higher_is_better() const = 0;

  /// Whether a value can be NaN though nothing has gone wrong: it is then a missing value.
  virtual bool may_be_undefined() const { return false; }

  /// What follows its name in the names of its columns: {""} for one column of that name, {"_0", "_1"}
  /// for two.
  virtual std::vector<std::string> suffixes(const NetworkEnd& /*end*/) const { return {""}; }

  /// Numbers that its state grows by with each sample of K outputs.
  virtual std::size_t numbers_per_sample(std::size_t /*outputs*/) const { return 0; }

  /// Adds what a block of samples says. A state starts empty.
  virtual void add(const Prediction& prediction, const Targets& targets, State& state) const = 0;

  /// Adds to `state` what is known of the samples that came after its own: element by element, unless
  /// the metric says otherwise.
  virtual void merge(const State& other, State& state) const;

  /// A value for each suffix, of at least one sample.
  virtual std::vector<double> values(const State& state, std::size_t samples) const = 0;
};

/// A metric that is the mean over the samples of one number.
class MeanMetric : public Metric {
 public:
  void add(const Prediction& prediction, const Targets& targets, State& state) const final;
  std::vector<double> values(const State& state, std::size_t samples) const override;

  /// The sum over the samples.
  virtual double sum(const Prediction& prediction, const Targets& targets) const = 0;
};

/// A metric as an experiment names it.
struct NamedMetric {
  std::string name;  ///< begins the names of its columns after "train_" and "validation_"
  Slot slot;
  std::unique_ptr<Metric> metric;  ///< null: the mistake is in the diagnostics
};

/// A registered metric, or any registered loss as a metric.
NamedMetric make_metric(const Slot& slot);

/// The registered metric of a measure that is known by its column's name alone ("accuracy",
/// "precision_3"), as its example has it; null for a loss.
std::unique_ptr<Metric> metric_of(const std::string& measure);

/// Whether more is better of such a measure: what begins with no registered metric's name is a loss.
bool more_is_better(const std::string& measure);

}  // namespace nnrun

// What is measured beside the loss trained on: a mean over samples.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "config/options.h"
#include "core/targets.h"

namespace nnrun {

class Metric {
 public:
  static constexpr const char* kKind = "metric";
  virtual ~Metric() = default;

  /// Why this metric cannot be used at such an end of a network, or nothing when it can.
  virtual std::optional<std::string> misfit(const NetworkEnd& end) const = 0;

  /// What the mean is counted in, as an axis is labelled: "share of samples".
  virtual std::string_view unit() const = 0;

  /// The sum over the samples; the caller divides by their number.
  virtual double sum(const Prediction& prediction, const Targets& targets) const = 0;

  /// Whether more is better; otherwise less is.
  virtual bool higher_is_better() const = 0;
};

/// A metric as an experiment names it.
struct NamedMetric {
  std::string name;  ///< column name after "train_" and "validation_"
  Slot slot;
  std::unique_ptr<Metric> metric;  ///< null: the mistake is in the diagnostics
};

/// A registered metric, or any registered loss as a metric.
NamedMetric make_metric(const Slot& slot);

/// Whether more is better of a measure that is known by its column's name alone ("accuracy"): what
/// is no registered metric is a loss.
bool more_is_better(const std::string& measure);

}  // namespace nnrun

// What one run trains: a network with what it is trained on and measured by.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/loss.h"
#include "core/metric.h"
#include "core/optimizer.h"
#include "train/gradient_clip.h"
#include "train/network.h"
#include "train/stop_rule.h"

namespace nnrun {

/// What a label of the data set becomes.
struct LabelRule {
  LabelKind kind = LabelKind::kClasses;
  std::uint32_t positive = 0;  ///< for binary labels: the class that becomes 1

  std::uint32_t operator()(std::uint32_t label) const {
    return kind == LabelKind::kClasses ? label : static_cast<std::uint32_t>(label == positive);
  }
  /// The targets of the samples at `positions`, whose labels after the rule are put into `storage`.
  Targets targets(std::span<const std::uint32_t> labels, std::span<const std::uint32_t> positions,
                  std::vector<std::uint32_t>& storage) const;
  /// "class 3"; of one against the rest "class 5" for 1 and "the rest" for 0.
  std::string class_text(std::size_t after) const;
  /// Classes after the rule: K, or 2.
  std::size_t classes(std::size_t before) const { return kind == LabelKind::kClasses ? before : 2; }
};

/// A metric with the names of its columns.
struct MeasuredBy {
  std::string name;
  std::shared_ptr<const Metric> metric;
  std::vector<std::string> columns;
};

struct Model {
  Network network;
  std::shared_ptr<const Loss> loss;
  std::shared_ptr<const Optimizer> optimizer;
  std::shared_ptr<const Schedule> learning_rate;
  GradientClip clip;
  std::vector<MeasuredBy> metrics;
  LabelRule labels;
  bool confusion_of_test = true;
  bool confusion_of_validation = false;
  StopRule stop;
  std::optional<WatchedColumn> keep_best;  ///< whose best epoch's weights are kept beside the last

  /// Whether a step needs the gradient of all parameters before it can begin.
  bool needs_whole_gradient() const;

  /// "loss" and the metrics' columns: what a row measures for each part of the data.
  std::vector<std::string> measures() const;
  /// Whether more is better of the measure at this place among them.
  bool higher_is_better(std::size_t measure) const;
  /// Whether it can be NaN though nothing has gone wrong.
  bool may_be_undefined(std::size_t measure) const;

  /// The measures' values from the states of the loss, which is its sum, and of the metrics.
  std::vector<double> values(std::span<const Metric::State> states, std::size_t samples) const;

 private:
  /// The metric that a measure belongs to; null for the loss.
  const Metric* metric_of(std::size_t measure) const;
};

}  // namespace nnrun

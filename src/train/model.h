// What one run trains: a network with what it is trained on and measured by.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/loss.h"
#include "core/metric.h"
#include "core/optimizer.h"
#include "train/network.h"

namespace nnrun {

/// What a label of the data set becomes.
struct LabelRule {
  LabelKind kind = LabelKind::kClasses;
  std::uint32_t positive = 0;  ///< for binary labels: the class that becomes 1

  std::uint32_t operator()(std::uint32_t label) const {
    return kind == LabelKind::kClasses ? label : static_cast<std::uint32_t>(label == positive);
  }
  /// Classes after the rule: K, or 2.
  std::size_t classes(std::size_t before) const { return kind == LabelKind::kClasses ? before : 2; }
};

/// A metric with the name of its columns.
struct MeasuredBy {
  std::string name;
  std::shared_ptr<const Metric> metric;
};

struct Model {
  Network network;
  std::shared_ptr<const Loss> loss;
  std::shared_ptr<const Optimizer> optimizer;
  std::vector<MeasuredBy> metrics;
  LabelRule labels;

  /// "loss" and the metrics' names: what a row measures for each part of the data.
  std::vector<std::string> measures() const;
};

}  // namespace nnrun

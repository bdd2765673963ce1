// What the tests of metrics share: the values of a few samples.
#pragma once

#include <string>
#include <vector>

#include "core/metric.h"
#include "support.h"

namespace nnrun::test {

/// The values of a metric of these samples.
inline std::vector<double> metric_values(const std::string& text, const Prediction& prediction,
                                         const Targets& targets) {
  const auto metric = make_from<Metric>(text);
  Metric::State state;
  metric->add(prediction, targets, state);
  return metric->values(state, targets.labels.size());
}

}  // namespace nnrun::test

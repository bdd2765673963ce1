// What the losses share that look at each output's distance from its target alone.
#pragma once

#include "core/targets.h"

namespace nnrun {

/// Σ of(a − y) over samples and outputs.
template <class Of>
double sum_of_misses(const Prediction& prediction, const Targets& targets, Of of) {
  const ConstMatrixView& outputs = prediction.outputs;
  double total = 0;
  for (std::size_t n = 0; n < outputs.rows(); ++n) {
    for (std::size_t k = 0; k < outputs.columns(); ++k) {
      total += of(static_cast<double>(outputs.row(n)[k] - targets.at(n, k)));
    }
  }
  return total;
}

/// Each da = slope(a − y).
template <class Slope>
void slopes_of_misses(const Prediction& prediction, const Targets& targets, MatrixView da,
                      Slope slope) {
  for (std::size_t n = 0; n < da.rows(); ++n) {
    for (std::size_t k = 0; k < da.columns(); ++k) {
      da.row(n)[k] = slope(prediction.outputs.row(n)[k] - targets.at(n, k));
    }
  }
}

}  // namespace nnrun

// The best epoch of a run so far, by one column of metrics.csv.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>

#include "base/tensor.h"
#include "train/epoch_record.h"

namespace nnrun {

/// A column of metrics.csv.
struct WatchedColumn {
  std::string name;            ///< "validation_loss"
  bool of_validation = false;  ///< or else of the training samples
  std::size_t measure = 0;     ///< its place in Model::measures()
  bool more_is_better = false;

  double value(const EpochRecord& row) const {
    return (of_validation ? row.validation : row.train)[measure];
  }
  /// Whether a value is better than another by more than `margin`. NaN is better than nothing, and
  /// everything better than NaN.
  bool is_better(double value, double other, double margin) const;
};

struct BestEpoch {
  std::optional<std::size_t> epoch;  ///< none before the first row
  double value = std::numeric_limits<double>::quiet_NaN();
  AlignedScalars parameters;  ///< the network's then; empty where nobody asks for them

  /// Takes the row if it is the first, or better than the best by more than `margin`.
  void judge(const WatchedColumn& column, double margin, const EpochRecord& row,
             const AlignedScalars& now);
};

}  // namespace nnrun

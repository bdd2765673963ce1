// How `stop` and `keep_best` are written.
#pragma once

#include <optional>

#include "config/options.h"
#include "train/model.h"

namespace nnrun {

/// The columns of metrics.csv that these keys may name.
struct KnownColumns {
  const Model* model =
      nullptr;            ///< null where they are not known, for a mistake that is told elsewhere
  bool validates = true;  ///< whether there are samples to validate on
};

/// Reads the key `stop`, which may be left out: one or more of
///   early: {metric: validation_loss, patience: 20, min_delta: 0, restore: last}
///   at: {validation_accuracy: 0.98}
///   seconds: 60
StopRule read_stop(Options& options, const KnownColumns& columns);

/// Reads the key `keep_best`, which may be left out: a column.
std::optional<WatchedColumn> read_keep_best(Options& options, const KnownColumns& columns);

}  // namespace nnrun

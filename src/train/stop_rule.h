// What ends a run before its last epoch.
//
//   early    the run stops with row e where  e − b ≥ patience,  b the epoch of the last improvement: the first row,
//            or one better than the best by more than min_delta. A value that is not defined is no improvement.
//            Source: Prechelt 1998, section 2.3 (the criterion UP is another; this is Keras' EarlyStopping)
//   at       with the first row where a column reaches a value: ≥ where more is better, ≤ where less is
//   seconds  with the first row at which the run's own share of the training time, which timing.csv adds up to,
//            has reached it
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "train/best_epoch.h"

namespace nnrun {

struct StopRule {
  struct Early {
    WatchedColumn metric;
    std::size_t patience = 1;  ///< epochs
    double min_delta = 0;
    /// The run ends with the weights of its best epoch, however it ends unless it diverges.
    bool restores_best = false;
  };
  struct Target {
    WatchedColumn metric;
    double value = 0;
  };

  std::optional<Early> early;
  std::vector<Target> at;
  std::optional<double> seconds;

  bool restores_best() const { return early && early->restores_best; }

  /// Why a run stops with this row: "validation_loss has not improved since epoch 37, when it was 0.25". Nothing
  /// when it goes on. `best` is judged by `early`, this row included; `seconds_trained` too.
  std::string why(const EpochRecord& row, const BestEpoch& best, double seconds_trained) const;

 private:
  std::string why_early(const EpochRecord& row, const BestEpoch& best) const;
};

}  // namespace nnrun

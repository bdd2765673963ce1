#include "train/best_epoch.h"

#include <cmath>

namespace nnrun {

bool WatchedColumn::is_better(double value, double other, double margin) const {
  if (std::isnan(value) || std::isnan(other)) return !std::isnan(value);
  return more_is_better ? value > other + margin : value < other - margin;
}

void BestEpoch::judge(const WatchedColumn& column, double margin, const EpochRecord& row,
                      const AlignedScalars& now) {
  const double judged = column.value(row);
  if (epoch && !column.is_better(judged, value, margin)) return;
  epoch = row.epoch;
  value = judged;
  // Where the weights are not asked for there is no room for them.
  if (!parameters.empty()) parameters = now;
}

}  // namespace nnrun

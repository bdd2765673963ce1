#include "train/active_run.h"

namespace nnrun {

void ActiveRun::end_if_due(const EpochRecord& row) {
  const bool diverged = !non_finite.empty();
  ended = diverged || row.epoch == epochs;
  if (diverged) return;
  judge(*model, row);
  if (ended) return;
  stopped = model->stop.why(row, best, seconds);
  paused = stopped.empty() && pauses_at(row.epoch);
  ended = paused || !stopped.empty();
}

void ActiveRun::restore_best() {
  if (model->stop.restores_best() && non_finite.empty()) parameters = best.parameters;
}

}  // namespace nnrun

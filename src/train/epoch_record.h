// A row of metrics.csv as training measures it.
#pragma once

#include <cstddef>
#include <vector>

namespace nnrun {

/// The network after `epoch` epochs of updates. Full batch: all columns are measured on the same
/// weights. Mini-batches: the train columns are the means over the epoch's batches, each measured
/// just before its update, with layers as they are in training: dropout drops, batch_norm takes the
/// batch's statistics. Row 0 of mini-batches is measured as validation is; in full batch every row's train
/// columns are those of training. Metrics that are no means (f1) are of all the epoch's samples together.
/// With augmentations, the train columns are measured on the changed samples, as they are drawn for this
/// epoch; row 0 has a draw of its own.
struct EpochRecord {
  std::size_t epoch = 0;
  double learning_rate = 0;   ///< of the epoch's last update; in row 0 of the first one to come
  std::vector<double> train;  ///< Model::measures()
  std::vector<double> validation;  ///< empty without validation samples
  double seconds = 0;  ///< wall time of the epoch, shared among the runs trained together
};

}  // namespace nnrun

// The epoch loop: trains a group of runs in lockstep and tells what it measures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "core/dataset.h"
#include "train/feed.h"
#include "train/model.h"
#include "train/outcome.h"
#include "train/run_memory.h"

namespace nnrun {

/// A run to be trained.
struct Job {
  const Model* model = nullptr;
  std::size_t epochs = 0;
  RunMemory memory;  ///< what it starts with
};

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

/// Told of everything that happens, in the order it happens. Calls come from one thread.
class TrainingObserver {
 public:
  virtual ~TrainingObserver() = default;
  virtual void record(std::size_t job, const EpochRecord& record) = 0;
  virtual void finished(std::size_t job, const Outcome& outcome) = 0;

  /// What is to be done after a step.
  enum class Then { kGoOn, kSave, kSaveAndStop };
  virtual Then after_step() { return Then::kGoOn; }
  /// Of each run that has not ended, where asked for: what it would start with again at `position`.
  virtual void save(std::size_t /*job*/, const Position& /*position*/,
                    const RunMemory& /*memory*/) {}
};

/// Trains all jobs on `data` in lockstep, from `start` on, which is the position of all. The outcome of
/// a job is the same bit for bit whatever the pool's threads, whichever jobs are beside it, and
/// wherever it was stopped and started again.
void train(const Data& data, const Feed& feed, std::vector<Job> jobs, const Position& start,
           const Pool& pool, TrainingObserver& observer);

}  // namespace nnrun

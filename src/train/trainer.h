// The epoch loop: trains a group of runs in lockstep and tells what it measures.
#pragma once

#include <cstddef>
#include <vector>

#include "base/parallel.h"
#include "core/dataset.h"
#include "train/epoch_record.h"
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
  /// Pauses with this row, or with the first there is from here on; 0, or `epochs` and more: never. Rates and all
  /// else are those of a run of `epochs`. It is saved just before the row is measured, at a position from which
  /// it goes on as if it had not paused.
  std::size_t pause = 0;
};

/// Told of everything that happens, in the order it happens. Calls come from one thread.
class TrainingObserver {
 public:
  virtual ~TrainingObserver() = default;
  virtual void record(std::size_t job, const EpochRecord& record) = 0;
  virtual void finished(std::size_t job, const Outcome& outcome) = 0;
  /// Just before a step at this rate: the loss on its batch.
  virtual void update(std::size_t /*job*/, double /*rate*/, double /*loss*/) {}

  /// What is to be done after a step.
  enum class Then { kGoOn, kSave, kSaveAndStop };
  virtual Then after_step() { return Then::kGoOn; }
  /// Of each run that has not ended, where asked for, and of a run that is to pause: what it would start with
  /// again at `position`.
  virtual void save(std::size_t /*job*/, const Position& /*position*/,
                    const RunMemory& /*memory*/) {}
};

/// Trains all jobs on `data` in lockstep, from `start` on, which is the position of all. The outcome of
/// a job is the same bit for bit whatever the pool's threads, whichever jobs are beside it, and
/// wherever it was stopped and started again.
void train(const Data& data, const Feed& feed, std::vector<Job> jobs, const Position& start,
           const Pool& pool, TrainingObserver& observer);

}  // namespace nnrun

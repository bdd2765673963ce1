// A run while it is trained: what it remembers, and what a step needs beside.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "train/first_layers.h"
#include "train/run_memory.h"

namespace nnrun {

struct ActiveRun : RunMemory {
  ActiveRun() = default;
  explicit ActiveRun(RunMemory memory) : RunMemory(std::move(memory)) {}

  std::size_t job = 0;
  const Model* model = nullptr;
  std::size_t epochs = 0;
  std::size_t pause = 0;  ///< as Job has it
  std::string stopped;    ///< why Model::stop ended it, if it did
  bool paused = false;    ///< ended, and may go on
  bool ended = false;     ///< takes no more steps

  /// Whether it pauses with this row, if nothing else ends it.
  bool pauses_at(std::size_t epoch) const { return pause > 0 && epoch >= pause && epoch < epochs; }

  /// Ends the run where its last epoch, a value that went non-finite, its rule or its pause says so. All the
  /// measures of the row are told.
  void end_if_due(const EpochRecord& row);
  /// Of a run that has ended: takes the parameters of its best epoch, where these are asked for.
  void restore_best();

  FirstLayers* first_layers = nullptr;  ///< of its bundle; null where it is given numbers
  std::size_t first_layer = 0;          ///< its place among them
  /// Of each shard: of the parameters that `first_layers` does not have.
  std::vector<std::vector<Scalar>> shard_gradients;
  AlignedScalars bias_gradient;  ///< of the layer in `first_layers`: the sum over the shards
  AlignedScalars gradient;       ///< of all parameters, where a step needs them at once
  std::vector<double> sums;      ///< over the samples of a pass, where layers need them

  /// Its parameters that are in the bundle's first layers: the first ones.
  std::size_t bundled() const {
    return first_layers == nullptr ? 0 : model->network.first_parameters();
  }
};

}  // namespace nnrun

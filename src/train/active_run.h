// A run while it is trained: what it remembers, and what a step needs beside.
#pragma once

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
  bool ended = false;  ///< takes no more steps

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

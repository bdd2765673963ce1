// The runs of a group while they are trained: parameters, gradients, and their steps.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "train/pass.h"

namespace nnrun {

/// A run being trained.
struct ActiveRun {
  std::size_t job = 0;
  const Model* model = nullptr;
  double learning_rate = 0;
  std::size_t epochs = 0;
  AlignedScalars parameters;
  std::string non_finite;  ///< the parameter or measure that went non-finite, if one did
  bool ended = false;      ///< takes no more steps

  FirstLayers* first_layers = nullptr;  ///< of its bundle; null where it is given numbers
  std::size_t first_layer = 0;          ///< its place among them
  /// Of each shard: of the parameters that `first_layers` does not have.
  std::vector<std::vector<Scalar>> shard_gradients;
  AlignedScalars bias_gradient;  ///< of the layer in `first_layers`: the sum over the shards
};

/// Puts runs into bundles and takes steps with them.
class ActiveRuns {
 public:
  /// `sparse`: first layers that can be are given bytes.
  ActiveRuns(const Pool& pool, const FeatureScaling& scaling, bool sparse)
      : pool_(pool), scaling_(scaling), sparse_(sparse), gradients_(pool.threads()) {}

  /// Replaces the runs.
  void assign(std::vector<ActiveRun> runs);
  std::span<ActiveRun> runs() { return runs_; }
  bool empty() const { return runs_.empty(); }

  /// Hands out the runs that have ended; the others go on.
  std::vector<ActiveRun> take_ended();

  /// To be handed to a pass, where each run has its place of `runs()`.
  std::span<Bundle> bundles() { return bundles_; }
  /// Makes room for the gradients of a pass that trains on so many shards.
  void reserve(std::size_t shards);
  /// Adds up each run's shard gradients in shard order and takes one step. Slices of the parameters
  /// are independent, so that the result does not depend on who does which.
  void step(std::size_t shards);

 private:
  struct Slice;
  void bundle_bytes(const std::vector<std::size_t>& places, std::size_t most_columns);
  void add_bundle(const std::vector<std::size_t>& places, bool bytes);
  std::vector<Slice> cut();
  static void step_bias(ActiveRun& run, std::size_t shards);
  static void step_slice(const Slice& slice, std::size_t shards, AlignedScalars& gradient);

  const Pool& pool_;
  const FeatureScaling& scaling_;
  bool sparse_;
  std::vector<ActiveRun> runs_;
  std::vector<Bundle> bundles_;
  std::vector<AlignedScalars> gradients_;  ///< of each worker: of the slice at hand
};

}  // namespace nnrun

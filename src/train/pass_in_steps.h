// A training pass of runs whose layers need sums over all samples before any sample can go on.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "train/augmenter.h"
#include "train/features.h"
#include "train/model.h"
#include "train/shards.h"
#include "train/tally.h"

namespace nnrun {

/// Samples that a pass goes over.
struct Section {
  const Shards* shards = nullptr;
  bool train = false;         ///< compute the gradient of the loss over this section
  std::size_t confusion = 0;  ///< classes of the data set for a confusion matrix, 0 for none
  PassFacts facts = {};       ///< `train`: layers do what they do in training, gradient or not
  const Augmenter* augmenter = nullptr;  ///< what changes the samples, in the dense form alone
  std::size_t epoch = 0;                 ///< of its draws

  std::size_t samples() const { return shards->positions().size(); }
  /// Writes some of its samples into the rows of x [N, D].
  void load(const FeatureScaling& scaling, std::span<const std::uint32_t> positions,
            MatrixView x) const;
};

/// A run as a pass sees it.
struct PassRun {
  const Model* model = nullptr;
  std::span<const Scalar> parameters;
  /// One gradient for each shard of a trained section, each written by its shard alone: of the
  /// parameters that the bundle's first layers do not have.
  std::vector<std::vector<Scalar>>* gradients = nullptr;
  std::vector<double>* sums = nullptr;  ///< that its layers need of all samples of a training pass
  std::size_t place = 0;                ///< among all runs of the pass
};

/// Takes all shards up to a layer that needs sums, adds the sums up in shard order, and takes all
/// shards on; and so back. Each shard is one block, whose activations stay in memory meanwhile.
class PassInSteps {
 public:
  PassInSteps(const Pool& pool, const FeatureScaling& scaling) : pool_(pool), scaling_(scaling) {}

  /// Goes over a section with each run; `tallies` are of each shard, a tally for each run of the pass.
  void run(const Section& section, std::span<const PassRun> runs,
           std::vector<std::vector<Tally>>& tallies);

 private:
  /// What a shard keeps from step to step.
  struct ShardMemory {
    AlignedScalars features;
    MatrixView x;  ///< of the features, the same for all runs
    std::vector<std::uint32_t> labels;
    Workspace workspace;
    std::vector<double> sums;
    Targets targets;
    Block block;
  };

  void load(const Section& section);
  void begin(const Section& section, const PassRun& run);
  void forward(const PassRun& run);
  void backward(const Section& section, const PassRun& run);
  void total(std::vector<double>& sums) const;

  const Pool& pool_;
  const FeatureScaling& scaling_;
  std::vector<ShardMemory> shards_;
  std::vector<double> backward_sums_;
};

}  // namespace nnrun

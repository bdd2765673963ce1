// The samples that a pass goes over, and a run as it sees it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "train/augmenter.h"
#include "train/features.h"
#include "train/model.h"
#include "train/shards.h"

namespace nnrun {

/// Samples that a pass goes over.
struct Section {
  const Shards* shards = nullptr;
  bool train = false;         ///< compute the gradient of the loss over this section
  std::size_t confusion = 0;  ///< classes of the data set for a confusion matrix, 0 for none
  PassFacts facts = {};       ///< `train`: layers do what they do in training, gradient or not
  const Augmenter* augmenter = nullptr;  ///< what changes the samples, in the dense form alone
  std::size_t epoch = 0;                 ///< of its draws
  bool hidden_units = false;  ///< also looks at hidden layers, in the first block of each shard

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

}  // namespace nnrun

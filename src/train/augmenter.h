// The training samples of one epoch, changed at random.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/tensor.h"
#include "core/augmentation.h"
#include "core/dataset.h"
#include "train/features.h"

namespace nnrun {

using Augmentations = std::vector<std::shared_ptr<const Augmentation>>;

/// Loads samples as FeatureScaling does, but changed. Leaves that change the data set's values come first, in
/// their order, then the scaling (fitted on the samples as they are), then the others in theirs. What is drawn
/// for a sample is a function of the seed, the leaf's place in the list, the epoch and the sample's position
/// in the training file: neither batches nor threads change it.
class Augmenter {
 public:
  Augmenter(Augmentations leaves, Shape sample, std::uint64_t seed)
      : leaves_(std::move(leaves)), sample_(std::move(sample)), seed_(seed) {}

  bool empty() const { return leaves_.empty(); }

  /// Writes the samples at `positions` into the rows of x [N, D], as they are in this epoch.
  void load(const FeatureScaling& scaling, const Samples& samples,
            std::span<const std::uint32_t> positions, std::size_t epoch, MatrixView x) const;

 private:
  void apply(Augmentation::Stage stage, std::span<const std::uint32_t> positions, std::size_t epoch,
             MatrixView x) const;

  Augmentations leaves_;
  Shape sample_;
  std::uint64_t seed_;
};

}  // namespace nnrun

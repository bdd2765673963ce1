// How samples reach the runs of a group.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/dataset.h"
#include "train/augmenter.h"
#include "train/features.h"
#include "train/gradient_sums.h"
#include "train/shards.h"
#include "train/split.h"

namespace nnrun {

/// The same samples in the same order for all runs of a group.
struct Feed {
  SplitPlan split;
  Scale scale = Scale::kUnit;
  std::uint64_t split_seed = 1;
  std::uint64_t order_seed = 1;  ///< of mini-batches, augmentations and dropout
  std::size_t batch_size = 0;    ///< samples of a mini-batch; 0 takes all training samples at once
  FeatureForm features = FeatureForm::kAuto;  ///< with augmentations always dense
  Augmentations augmentations;                ///< of the training samples
  std::string augmentations_key;              ///< the same text for the same augmentations
  ShardRule shards;
  bool streamed =
      false;  ///< what the first layer is given of the samples is made anew in each pass
  Reduction reduction = Reduction::kExact;  ///< of the gradients of several ranks
};

/// What is found out about the training samples before the first pass.
struct Fitted {
  FeatureScaling scaling;
  bool bytes = false;  ///< first layers that can be are given the bytes of the samples

  /// Puts samples of one label together where bytes are given: they are alike, which saves the first layer
  /// work. More than some 100000 samples are taken in the order of their file, and only some of them at a time so.
  void arrange(const Samples& samples, std::vector<std::uint32_t>& positions) const;
};

/// Throws an Error where bytes were asked for and would lose precision.
Fitted fit_features(const Feed& feed, const Samples& training, const Split& split);

}  // namespace nnrun

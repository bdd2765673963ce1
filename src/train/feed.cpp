#include "train/feed.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace nnrun {

namespace {

bool takes_bytes(const Feed& feed, const Samples& training, const Split& split,
                 const FeatureScaling& scaling) {
  if (!feed.augmentations.empty()) return false;
  switch (feed.features) {
    case FeatureForm::kDense: return false;
    case FeatureForm::kAuto: return scaling.folds() && is_sparse(training, split.train);
    case FeatureForm::kSparse: break;
  }
  if (scaling.folds()) return true;
  throw Error(
      "compute.features: sparse would lose precision with dataset.scale: standard on this data, of "
      "which a feature hardly varies about a large value; use auto or dense");
}

}  // namespace

void Fitted::arrange(const Samples& samples, std::vector<std::uint32_t>& positions) const {
  if (!bytes) return;
  const auto& labels = samples.labels;
  std::stable_sort(positions.begin(), positions.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return labels[a] < labels[b]; });
}

Fitted fit_features(const Feed& feed, const Samples& training, const Split& split) {
  FeatureScaling scaling(feed.scale, training, split.train);
  const bool bytes = takes_bytes(feed, training, split, scaling);
  return {std::move(scaling), bytes};
}

}  // namespace nnrun

#include "train/feed.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/error.h"

namespace nnrun {

namespace {

/// Samples that are put into an order of their own; more are taken part by part, in the order of their file: each pass
/// then reads it from its beginning to its end.
constexpr std::size_t kArranged = std::size_t{1} << 17U;

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
  const bool many = positions.size() > kArranged;
  if (many) std::sort(positions.begin(), positions.end());
  if (!bytes) return;
  const auto& labels = samples.labels;
  for (auto part = std::span(positions); !part.empty();) {
    const auto some = part.first(std::min(part.size(), kArranged));
    std::stable_sort(some.begin(), some.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return labels[a] < labels[b]; });
    part = part.subspan(some.size());
  }
}

Fitted fit_features(const Feed& feed, const Samples& training, const Split& split) {
  FeatureScaling scaling(feed.scale, training, split.train);
  const bool bytes = takes_bytes(feed, training, split, scaling);
  return {std::move(scaling), bytes};
}

}  // namespace nnrun

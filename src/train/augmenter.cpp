#include "train/augmenter.h"

#include <fmt/format.h>

#include "base/rng.h"

namespace nnrun {

void Augmenter::load(const FeatureScaling& scaling, const Samples& samples,
                     std::span<const std::uint32_t> positions, std::size_t epoch,
                     MatrixView x) const {
  FeatureScaling::load_values(samples, positions, x);
  apply(Augmentation::Stage::kRaw, positions, epoch, x);
  scaling.scale(x);
  apply(Augmentation::Stage::kScaled, positions, epoch, x);
}

void Augmenter::apply(Augmentation::Stage stage, std::span<const std::uint32_t> positions,
                      std::size_t epoch, MatrixView x) const {
  std::vector<Scalar> scratch(x.columns());
  for (std::size_t leaf = 0; leaf < leaves_.size(); ++leaf) {
    if (leaves_[leaf]->stage() != stage) continue;
    for (std::size_t n = 0; n < positions.size(); ++n) {
      const Stream draws(seed_, fmt::format("augment/{}/{}/{}", leaf, epoch, positions[n]));
      leaves_[leaf]->apply(sample_, draws, x.row(n), scratch);
    }
  }
}

}  // namespace nnrun

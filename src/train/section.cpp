#include "train/section.h"

namespace nnrun {

void Section::load(const FeatureScaling& scaling, std::span<const std::uint32_t> positions,
                   MatrixView x) const {
  if (augmenter == nullptr) return scaling.load(shards->samples(), positions, x);
  augmenter->load(scaling, shards->samples(), positions, epoch, x);
}

}  // namespace nnrun

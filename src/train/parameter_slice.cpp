#include "train/parameter_slice.h"

#include "math/elementwise.h"

namespace nnrun {

void ParameterSlice::add_shards(RankShare shards, std::span<Scalar> sums) const {
  if (kind == Kind::kPackedWeights) {
    run->first_layers->add_weights(run->first_layer, shards, first_feature(), last_feature(), sums);
    return;
  }
  for (std::size_t s = shards.begin; s < shards.end; ++s) {
    const std::span<const Scalar> part(run->shard_gradients[s]);
    add(sums, part.subspan(from - run->bundled(), size()));
  }
}

}  // namespace nnrun

#include "train/shards.h"

#include <algorithm>

#include "base/ranks.h"
#include "train/features.h"

namespace nnrun {

std::size_t smallest_shard(std::size_t parameters) {
  constexpr std::size_t kParametersPerSample = 16384;  // from tools/bench/compare: wide
  return std::max(ShardRule().smallest, parameters / kParametersPerSample);
}

void Shards::assign(std::vector<std::uint32_t> positions) {
  positions_ = std::move(positions);
  blocks_.clear();
}

void Shards::assign_and_keep(std::vector<std::uint32_t> positions, const Pool& pool) {
  positions_ = std::move(positions);
  blocks_.resize(count());
  const RankShare mine = ranks().share(count());
  pool.for_each(mine.size(), [&](std::size_t item, std::size_t /*worker*/) {
    const std::size_t index = mine.begin + item;
    SampleReader reader(*samples_);
    blocks_[index].assign(byte_rows(*samples_), shard(index));
  });
}

std::span<const std::uint32_t> Shards::shard(std::size_t index) const {
  return std::span(positions_).subspan(begin(index), begin(index + 1) - begin(index));
}

}  // namespace nnrun

#include "train/shards.h"

#include <algorithm>

#include "base/ranks.h"
#include "train/features.h"

namespace nnrun {

std::size_t smallest_shard(std::size_t parameters) {
  constexpr std::size_t kParametersPerSample = 16384;  // from tools/bench/compare: wide
  return std::max(kSmallestShard, parameters / kParametersPerSample);
}

std::size_t shard_count(std::size_t samples, std::size_t smallest) {
  return std::clamp<std::size_t>(samples / smallest, 1, kMostShards);
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
    blocks_[index].assign(byte_rows(*samples_), shard(index));
  });
}

std::span<const std::uint32_t> Shards::shard(std::size_t index) const {
  return std::span(positions_).subspan(begin(index), begin(index + 1) - begin(index));
}

const ByteBlocks& Shards::blocks(std::size_t index, ByteBlocks& scratch) const {
  if (keeps_blocks()) return blocks_[index];
  scratch.assign(byte_rows(*samples_), shard(index));
  return scratch;
}

}  // namespace nnrun

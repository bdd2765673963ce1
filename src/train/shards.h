// Samples that a pass goes over, cut into shards.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "core/dataset.h"
#include "math/byte_blocks.h"

namespace nnrun {

/// Samples are cut into at most this many shards, of at least `smallest_shard` samples each. The
/// shards are fixed by the experiment: never by threads or by other runs.
inline constexpr std::size_t kMostShards = 16;
inline constexpr std::size_t kSmallestShard = 64;

/// The fewest samples of a shard for a network of so many parameters: each shard has a gradient as
/// large, and adding them up must not take longer than the samples do.
std::size_t smallest_shard(std::size_t parameters);

/// The number of shards for so many samples: at least 1.
std::size_t shard_count(std::size_t samples, std::size_t smallest = kSmallestShard);

/// Some samples of a data set in the order in which they are added up.
class Shards {
 public:
  Shards() = default;
  explicit Shards(const Samples& samples, std::size_t smallest = kSmallestShard)
      : samples_(&samples), smallest_(smallest) {}

  /// Replaces the samples. Blocks of bytes are made where they are needed.
  void assign(std::vector<std::uint32_t> positions);

  /// The same, and keeps the blocks of bytes of this rank's shards, for samples that many passes go over.
  void assign_and_keep(std::vector<std::uint32_t> positions, const Pool& pool);

  const Samples& samples() const { return *samples_; }
  const std::vector<std::uint32_t>& positions() const { return positions_; }
  /// None when there are no samples.
  std::size_t count() const {
    return positions_.empty() ? 0 : shard_count(positions_.size(), smallest_);
  }
  /// Where shard `index` begins among the samples.
  std::size_t begin(std::size_t index) const { return positions_.size() * index / count(); }
  /// Shard `index`: sizes differ by one at most.
  std::span<const std::uint32_t> shard(std::size_t index) const;

  bool keeps_blocks() const { return !blocks_.empty(); }
  /// The blocks of a shard; made in `scratch` unless they are kept.
  const ByteBlocks& blocks(std::size_t index, ByteBlocks& scratch) const;

 private:
  const Samples* samples_ = nullptr;
  std::size_t smallest_ = kSmallestShard;
  std::vector<std::uint32_t> positions_;
  std::vector<ByteBlocks> blocks_;
};

}  // namespace nnrun

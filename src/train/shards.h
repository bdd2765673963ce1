// Samples that a pass goes over, cut into shards.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "core/dataset.h"
#include "math/byte_blocks.h"

namespace nnrun {

/// How samples are cut into shards. It is fixed by the experiment: never by threads, ranks or other runs.
struct ShardRule {
  std::size_t smallest = 64;  ///< samples
  std::size_t most = 16;      ///< shards

  /// The number of shards for so many samples: at least 1.
  std::size_t count(std::size_t samples) const {
    return std::clamp<std::size_t>(samples / smallest, 1, most);
  }
};

/// The fewest samples of a shard for a network of so many parameters: each shard has a gradient as
/// large, and adding them up must not take longer than the samples do.
std::size_t smallest_shard(std::size_t parameters);

/// Some samples of a data set in the order in which they are added up.
class Shards {
 public:
  Shards() = default;
  explicit Shards(const Samples& samples, ShardRule rule = {}) : samples_(&samples), rule_(rule) {}

  /// Replaces the samples. Blocks of bytes are made where they are needed.
  void assign(std::vector<std::uint32_t> positions);

  /// The same, and keeps the blocks of bytes of this rank's shards, for samples that many passes go over.
  void assign_and_keep(std::vector<std::uint32_t> positions, const Pool& pool);

  const Samples& samples() const { return *samples_; }
  const std::vector<std::uint32_t>& positions() const { return positions_; }
  /// None when there are no samples.
  std::size_t count() const { return positions_.empty() ? 0 : rule_.count(positions_.size()); }
  /// Where shard `index` begins among the samples.
  std::size_t begin(std::size_t index) const { return positions_.size() * index / count(); }
  /// Shard `index`: sizes differ by one at most.
  std::span<const std::uint32_t> shard(std::size_t index) const;

  bool keeps_blocks() const { return !blocks_.empty(); }
  /// The blocks of a shard, where they are kept.
  const ByteBlocks& blocks(std::size_t index) const { return blocks_[index]; }

 private:
  const Samples* samples_ = nullptr;
  ShardRule rule_;
  std::vector<std::uint32_t> positions_;
  std::vector<ByteBlocks> blocks_;
};

}  // namespace nnrun

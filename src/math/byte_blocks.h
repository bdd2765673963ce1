// Samples of bytes in the form that the first layer's kernels read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "math/kernels.h"

namespace nnrun {

/// The rows of a sample set, [N, D] bytes.
struct ByteRows {
  const std::uint8_t* data = nullptr;
  std::size_t width = 0;  ///< D

  const std::uint8_t* row(std::size_t index) const { return data + index * width; }
};

/// Some samples in blocks of up to kBlockSamples, in the order given. Only bytes that are not zero
/// take memory and time, but for those that share an entry with the group's other samples: samples
/// that are alike should stand together.
class ByteBlocks {
 public:
  static constexpr std::size_t kBlockSamples = 256;
  static constexpr std::size_t kTile = 128;          ///< features of a tile, at most
  static constexpr std::size_t kWidest = 1U << 16U;  ///< features that an entry can name

  /// Replaces what is there. `rows.width` is at most kWidest.
  void assign(const ByteRows& rows, std::span<const std::uint32_t> positions);

  std::size_t size() const { return blocks_.size(); }
  /// Valid until the next `assign`.
  ByteBlock block(std::size_t index) const;

  /// Entries: features at which a group of four has a byte that is not zero.
  std::size_t entries() const { return features_.size(); }
  std::size_t memory() const;

 private:
  struct Extent {
    std::size_t groups;
    std::size_t starts;
  };
  void add_block(const ByteRows& rows, std::span<const std::uint32_t> positions);
  void add_cell(const std::uint8_t* const (&group)[kGroup], std::size_t from, std::size_t to);

  std::size_t tiles_ = 0;
  std::vector<Extent> blocks_;
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint16_t> features_;
  std::vector<std::uint8_t> bytes_;
  std::vector<std::uint8_t> zeros_;  ///< the samples that the last group lacks
};

/// The positions in an order in which neighbours have the same pixels set, as far as that is cheap
/// to find: within windows of some thousands and within a label, each group of four is grown from
/// the sample that differs least from what it has. A pure function of its arguments.
std::vector<std::uint32_t> order_by_likeness(const ByteRows& rows,
                                             std::span<const std::uint32_t> labels,
                                             std::span<const std::uint32_t> positions);

}  // namespace nnrun

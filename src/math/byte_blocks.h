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

/// Some samples in blocks of up to kBlockSamples. Only bytes that are not zero take memory and time,
/// but for those that share an entry with other samples of their group. In each tile of features,
/// samples that have much the same bytes set are put into a group: a block of samples that are alike
/// has fewer entries. How samples are grouped changes
/// no bit of their own products; it does decide the order in which they are added to a gradient.
class ByteBlocks {
 public:
  static constexpr std::size_t kBlockSamples = 256;
  static constexpr std::size_t kBlockRows = kBlockSamples + 1;  ///< the most that a block has
  static constexpr std::size_t kTile = 64 * kMaskWords;         ///< features of a tile, at most
  static constexpr std::size_t kWidest = 1U << 16U;             ///< features that an entry can name

  /// Replaces what is there by the samples at `positions`, block after block. `rows.width` is at
  /// most kWidest.
  void assign(const ByteRows& rows, std::span<const std::uint32_t> positions);

  std::size_t size() const { return blocks_.size(); }
  /// Valid until the next `assign`.
  ByteBlock block(std::size_t index) const;

  /// Entries: features at which a group has a byte that is not zero.
  std::size_t entries() const { return features_.size(); }

 private:
  /// A cell that has no entries yet, and what any of its samples has.
  struct Group {
    ByteCell cell;
    ByteMask any;
  };
  /// Samples of the tile at hand that are in no group yet.
  struct Candidates {
    std::vector<ByteMask> masks;
    std::vector<std::uint16_t> rows;

    void add(const ByteMask& mask, std::size_t row);
    void take(std::size_t place, Group& group, std::size_t slot);
  };

  void add_block(const ByteRows& rows, std::span<const std::uint32_t> positions);
  /// The tile of the features in words [from, to) of the masks.
  void add_tile(const ByteRows& rows, std::span<const std::uint32_t> positions, std::size_t from,
                std::size_t to);
  void group(std::size_t samples);
  void add_entries(const ByteRows& rows, std::span<const std::uint32_t> positions,
                   const ByteMask& any, std::size_t from, ByteCell& cell);

  struct Extent {
    std::size_t first;
    std::size_t count;
    std::size_t samples;
  };
  std::vector<Extent> blocks_;
  std::vector<ByteCell> cells_;
  std::vector<std::uint16_t> features_;
  std::vector<std::uint8_t> bytes_;
  std::vector<std::uint64_t>
      set_;  ///< of each sample of the block: which of its bytes are not zero
  std::vector<std::uint8_t> nothing_;  ///< the bytes of a sample that a group does not have
  Candidates candidates_;
  std::vector<Group> groups_;
};

}  // namespace nnrun

#include "math/byte_blocks.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

namespace nnrun {

namespace {

constexpr std::size_t kWord = 64;

/// A bit for each of eight bytes: whether it is not zero.
std::uint64_t set_bytes(std::uint64_t word) {
  constexpr std::uint64_t kLow = 0x7f7f7f7f7f7f7f7fU;
  constexpr std::uint64_t kGather = 0x0002040810204081U;  // moves the eight top bits together
  static_assert(std::endian::native == std::endian::little, "the first byte is the lowest");
  const std::uint64_t tops = (((word & kLow) + kLow) | word) & ~kLow;
  return ((tops >> 7U) * (kGather << 7U)) >> 56U;
}

ByteMask mask_of(const std::uint8_t* row, std::size_t from, std::size_t to) {
  ByteMask mask;
  for (std::size_t at = from; at < to; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, row + at, std::min<std::size_t>(8, to - at));
    mask.words[(at - from) / kWord] |= set_bytes(word) << ((at - from) % kWord);
  }
  return mask;
}

bool is_empty(const ByteMask& mask) { return (mask.words[0] | mask.words[1]) == 0; }

}  // namespace

void ByteBlocks::assign(const ByteRows& rows, std::span<const std::uint32_t> positions) {
  assert(rows.width <= kWidest);
  blocks_.clear();
  cells_.clear();
  features_.clear();
  bytes_.clear();
  while (!positions.empty()) {
    const std::size_t count = std::min(kBlockSamples, positions.size());
    add_block(rows, positions.first(count));
    positions = positions.subspan(count);
  }
}

ByteBlock ByteBlocks::block(std::size_t index) const {
  const Extent& extent = blocks_[index];
  return {cells_.data() + extent.first, extent.count, features_.data(), bytes_.data(),
          extent.samples + 1};
}

std::size_t ByteBlocks::memory() const {
  return cells_.capacity() * sizeof(ByteCell) + features_.capacity() * sizeof(features_[0]) +
         bytes_.capacity();
}

void ByteBlocks::add_block(const ByteRows& rows, std::span<const std::uint32_t> positions) {
  const std::size_t first = cells_.size();
  const std::size_t tiles = (rows.width + kTile - 1) / kTile;
  for (std::size_t tile = 0; tile < tiles; ++tile) {
    // Tiles of equal width: a narrow last one would use its place in the cache badly.
    add_tile(rows, positions, rows.width * tile / tiles, rows.width * (tile + 1) / tiles);
  }
  blocks_.push_back({first, cells_.size() - first, positions.size()});
}

void ByteBlocks::Candidates::add(const ByteMask& mask, std::size_t row) {
  masks.push_back(mask);
  rows.push_back(static_cast<std::uint16_t>(row));
}

void ByteBlocks::Candidates::take(std::size_t place, Group& group, std::size_t slot) {
  group.cell.rows[slot] = rows[place];
  for (std::size_t w = 0; w < 2; ++w) group.any.words[w] |= masks[place].words[w];
  masks[place] = masks.back();
  rows[place] = rows.back();
  masks.pop_back();
  rows.pop_back();
}

void ByteBlocks::add_tile(const ByteRows& rows, std::span<const std::uint32_t> positions,
                          std::size_t from, std::size_t to) {
  Candidates& left = candidates_;
  for (std::size_t n = 0; n < positions.size(); ++n) {
    const ByteMask mask = mask_of(rows.row(positions[n]), from, to);
    if (!is_empty(mask)) left.add(mask, n);
  }
  group(positions.size());
  for (const Group& each : groups_) {
    cells_.push_back(each.cell);
    add_entries(rows, positions, each.any, from, cells_.back());
  }
}

void ByteBlocks::group(std::size_t samples) {
  Candidates& left = candidates_;
  groups_.clear();
  while (!left.masks.empty()) {
    Group group;
    left.take(left.masks.size() - 1, group, 0);
    for (std::size_t slot = 1; slot < kGroup; ++slot) {
      group.cell.rows[slot] = static_cast<std::uint16_t>(samples);  // no sample's row
      if (left.masks.empty()) continue;
      left.take(kernels().nearest_mask(left.masks.data(), left.masks.size(), group.any), group,
                slot);
    }
    group.cell.entries = static_cast<std::uint16_t>(std::popcount(group.any.words[0]) +
                                                    std::popcount(group.any.words[1]));
    groups_.push_back(group);
  }
  // Cells of equal length in a row: the processor foresees where their loops end.
  std::stable_sort(groups_.begin(), groups_.end(),
                   [](const Group& a, const Group& b) { return a.cell.entries < b.cell.entries; });
}

void ByteBlocks::add_entries(const ByteRows& rows, std::span<const std::uint32_t> positions,
                             const ByteMask& any, std::size_t from, ByteCell& cell) {
  cell.first = static_cast<std::uint32_t>(features_.size());
  for (std::size_t w = 0; w < 2; ++w) {
    for (std::uint64_t bits = any.words[w]; bits != 0; bits &= bits - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(bits));
      const std::size_t feature = from + w * kWord + bit;
      features_.push_back(static_cast<std::uint16_t>(feature));
      for (const std::uint16_t row : cell.rows) {
        bytes_.push_back(row < positions.size() ? rows.row(positions[row])[feature]
                                                : std::uint8_t{0});
      }
    }
  }
}

}  // namespace nnrun

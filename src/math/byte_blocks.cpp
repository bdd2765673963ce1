#include "math/byte_blocks.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <limits>
#include <numeric>

namespace nnrun {

namespace {

constexpr std::size_t kWord = 64;

static_assert(ByteBlocks::kBlockSamples <= std::numeric_limits<std::uint16_t>::max() &&
              ByteBlocks::kTile <= std::numeric_limits<std::uint16_t>::max());

bool is_empty(const ByteMask& mask) {
  return std::all_of(std::begin(mask.words), std::end(mask.words),
                     [](std::uint64_t word) { return word == 0; });
}

std::size_t count(const ByteMask& mask) {
  return std::accumulate(std::begin(mask.words), std::end(mask.words), std::size_t{0},
                         [](std::size_t sum, std::uint64_t word) {
                           return sum + static_cast<std::size_t>(std::popcount(word));
                         });
}

}  // namespace

void ByteBlocks::assign(const ByteRows& rows, std::span<const std::uint32_t> positions) {
  assert(rows.width <= kWidest);
  blocks_.clear();
  cells_.clear();
  features_.clear();
  bytes_.clear();
  nothing_.assign(rows.width, 0);
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

void ByteBlocks::add_block(const ByteRows& rows, std::span<const std::uint32_t> positions) {
  const std::size_t words = (rows.width + kWord - 1) / kWord;
  set_.resize(positions.size() * words);
  for (std::size_t n = 0; n < positions.size(); ++n) {
    kernels().set_bytes(rows.row(positions[n]), rows.width, set_.data() + n * words);
  }
  const std::size_t first = cells_.size();
  const std::size_t tiles = (words + kMaskWords - 1) / kMaskWords;
  for (std::size_t tile = 0; tile < tiles; ++tile) {
    // Tiles of much the same width: a narrow last one would use its place in the cache badly.
    add_tile(rows, positions, words * tile / tiles, words * (tile + 1) / tiles);
  }
  blocks_.push_back({first, cells_.size() - first, positions.size()});
}

void ByteBlocks::Candidates::add(const ByteMask& mask, std::size_t row) {
  masks.push_back(mask);
  rows.push_back(static_cast<std::uint16_t>(row));
}

void ByteBlocks::Candidates::take(std::size_t place, Group& group, std::size_t slot) {
  group.cell.rows[slot] = rows[place];
  for (std::size_t w = 0; w < kMaskWords; ++w) group.any.words[w] |= masks[place].words[w];
  masks[place] = masks.back();
  rows[place] = rows.back();
  masks.pop_back();
  rows.pop_back();
}

void ByteBlocks::add_tile(const ByteRows& rows, std::span<const std::uint32_t> positions,
                          std::size_t from, std::size_t to) {
  const std::size_t words = set_.size() / positions.size();
  for (std::size_t n = 0; n < positions.size(); ++n) {
    ByteMask mask;
    std::copy_n(set_.begin() + static_cast<std::ptrdiff_t>(n * words + from), to - from,
                std::begin(mask.words));
    if (!is_empty(mask)) candidates_.add(mask, n);
  }
  group(positions.size());
  for (const Group& each : groups_) {
    cells_.push_back(each.cell);
    add_entries(rows, positions, each.any, from * kWord, cells_.back());
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
    group.cell.entries = static_cast<std::uint16_t>(count(group.any));
    groups_.push_back(group);
  }
  // Cells of equal length in a row: the processor foresees where their loops end.
  std::stable_sort(groups_.begin(), groups_.end(),
                   [](const Group& a, const Group& b) { return a.cell.entries < b.cell.entries; });
}

void ByteBlocks::add_entries(const ByteRows& rows, std::span<const std::uint32_t> positions,
                             const ByteMask& any, std::size_t from, ByteCell& cell) {
  assert(features_.size() <= std::numeric_limits<std::uint32_t>::max());
  cell.first = static_cast<std::uint32_t>(features_.size());
  features_.resize(features_.size() + cell.entries);
  bytes_.resize(bytes_.size() + cell.entries * kGroup);
  std::uint16_t* feature = features_.data() + cell.first;
  std::uint8_t* bytes = bytes_.data() + cell.first * kGroup;
  std::array<const std::uint8_t*, kGroup> samples{};
  std::transform(std::begin(cell.rows), std::end(cell.rows), samples.begin(), [&](auto row) {
    return row < positions.size() ? rows.row(positions[row]) : nothing_.data();
  });
  for (std::size_t w = 0; w < kMaskWords; ++w) {
    for (std::uint64_t bits = any.words[w]; bits != 0; bits &= bits - 1) {
      const std::size_t at = from + w * kWord + static_cast<std::size_t>(std::countr_zero(bits));
      *feature++ = static_cast<std::uint16_t>(at);
      for (const std::uint8_t* sample : samples) *bytes++ = sample[at];
    }
  }
}

}  // namespace nnrun

#include "math/byte_blocks.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>

namespace nnrun {

namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);

/// The next bytes of a row as one number, zeros beyond `to`.
std::uint64_t word_at(const std::uint8_t* row, std::size_t from, std::size_t to) {
  std::uint64_t word = 0;
  std::memcpy(&word, row + from, std::min(kWord, to - from));
  return word;
}

/// Whether the first byte in memory is the lowest of a number.
constexpr bool kLittleEndian = std::endian::native == std::endian::little;
static_assert(kLittleEndian, "the scan of a word's bytes starts at its lowest");

}  // namespace

void ByteBlocks::assign(const ByteRows& rows, std::span<const std::uint32_t> positions) {
  assert(rows.width <= kWidest);
  tiles_ = (rows.width + kTile - 1) / kTile;
  blocks_.clear();
  starts_.clear();
  features_.clear();
  bytes_.clear();
  zeros_.resize(rows.width);
  while (!positions.empty()) {
    const std::size_t count = std::min(kBlockSamples, positions.size());
    add_block(rows, positions.first(count));
    positions = positions.subspan(count);
  }
}

ByteBlock ByteBlocks::block(std::size_t index) const {
  const Extent& extent = blocks_[index];
  return {extent.groups, tiles_, starts_.data() + extent.starts, features_.data(), bytes_.data()};
}

std::size_t ByteBlocks::memory() const {
  return starts_.capacity() * sizeof(starts_[0]) + features_.capacity() * sizeof(features_[0]) +
         bytes_.capacity();
}

void ByteBlocks::add_block(const ByteRows& rows, std::span<const std::uint32_t> positions) {
  const std::size_t groups = (positions.size() + kGroup - 1) / kGroup;
  blocks_.push_back({groups, starts_.size()});
  for (std::size_t tile = 0; tile < tiles_; ++tile) {
    // Tiles of equal width: a narrow last one would use its place in the cache badly.
    const std::size_t from = rows.width * tile / tiles_;
    const std::size_t to = rows.width * (tile + 1) / tiles_;
    for (std::size_t g = 0; g < groups; ++g) {
      const std::uint8_t* group[kGroup];
      for (std::size_t s = 0; s < kGroup; ++s) {
        const std::size_t n = g * kGroup + s;
        group[s] = n < positions.size() ? rows.row(positions[n]) : zeros_.data();
      }
      starts_.push_back(static_cast<std::uint32_t>(features_.size()));
      add_cell(group, from, to);
    }
  }
  starts_.push_back(static_cast<std::uint32_t>(features_.size()));
}

void ByteBlocks::add_cell(const std::uint8_t* const (&group)[kGroup], std::size_t from,
                          std::size_t to) {
  std::array<std::uint16_t, kTile> features;       // NOLINT(cppcoreguidelines-pro-type-member-init)
  std::array<std::uint8_t, kTile * kGroup> bytes;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  std::size_t count = 0;
  for (std::size_t at = from; at < to; at += kWord) {
    std::uint64_t any = 0;
    for (const std::uint8_t* row : group) any |= word_at(row, at, to);
    while (any != 0) {
      const auto byte = static_cast<std::size_t>(std::countr_zero(any)) / 8;
      any &= ~(std::uint64_t{0xff} << (8 * byte));
      features[count] = static_cast<std::uint16_t>(at + byte);
      for (std::size_t s = 0; s < kGroup; ++s) bytes[count * kGroup + s] = group[s][at + byte];
      ++count;
    }
  }
  features_.insert(features_.end(), features.begin(),
                   features.begin() + static_cast<std::ptrdiff_t>(count));
  bytes_.insert(bytes_.end(), bytes.begin(),
                bytes.begin() + static_cast<std::ptrdiff_t>(count * kGroup));
}

}  // namespace nnrun

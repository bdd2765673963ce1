// Which bytes are set and which mask is nearest, of each instruction set.
#include <bit>
#include <cstdint>
#include <vector>

#include "math/every_kernel.h"

namespace nnrun {
namespace {

/// The bits of `bytes` as a plain loop finds them.
std::vector<std::uint64_t> set_by_hand(const std::vector<std::uint8_t>& bytes) {
  std::vector<std::uint64_t> words((bytes.size() + 63) / 64);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] != 0) words[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  return words;
}

/// The kernel's answer, with the word after it, which stays as it is.
std::vector<std::uint64_t> set_by(const Kernels& kernels, const std::vector<std::uint8_t>& bytes) {
  constexpr std::uint64_t kUntouched = 0x5555555555555555U;
  std::vector<std::uint64_t> words((bytes.size() + 63) / 64 + 1, kUntouched);
  kernels.set_bytes(bytes.data(), bytes.size(), words.data());
  CHECK_EQ(words.back(), kUntouched);
  words.pop_back();
  return words;
}

TEST_CASE("simd masks: one set byte is found at every place of every length") {
  test::with_every_kernel([](const Kernels& each) {
    std::size_t wrong = 0;
    for (std::size_t length = 0; length <= 130; ++length) {
      std::vector<std::uint8_t> bytes(length);
      if (set_by(each, bytes) != set_by_hand(bytes)) ++wrong;
      for (std::size_t at = 0; at < length; ++at) {
        for (const int value : {1, 127, 128, 255}) {
          bytes[at] = static_cast<std::uint8_t>(value);
          if (set_by(each, bytes) != set_by_hand(bytes)) ++wrong;
        }
        bytes[at] = 0;
      }
    }
    CHECK_EQ(wrong, 0);
  });
}

TEST_CASE("simd masks: bytes of every value beside each other") {
  const Stream stream(1, "bytes");
  test::with_every_kernel([&](const Kernels& each) {
    for (std::size_t length = 1; length <= 130; ++length) {
      std::vector<std::uint8_t> bytes(length);
      for (std::size_t i = 0; i < length; ++i) {
        const bool set = stream.uniform(2 * i) < 0.5;
        bytes[i] = set ? static_cast<std::uint8_t>(256 * stream.uniform(2 * i + length)) : 0;
      }
      CHECK(set_by(each, bytes) == set_by_hand(bytes));
    }
  });
}

/// A mask in which each bit is set with that chance.
ByteMask draw(const Stream& stream, std::size_t index, double share) {
  ByteMask mask;
  for (std::size_t bit = 0; bit < 64 * kMaskWords; ++bit) {
    const bool set = stream.uniform(index * 64 * kMaskWords + bit) < share;
    mask.words[bit / 64] |= std::uint64_t{set} << (bit % 64);
  }
  return mask;
}

std::size_t nearest_by_hand(const std::vector<ByteMask>& masks, const ByteMask& mask) {
  std::size_t nearest = 0;
  int least = 64 * kMaskWords + 1;
  for (std::size_t i = 0; i < masks.size(); ++i) {
    int bits = 0;
    for (std::size_t w = 0; w < kMaskWords; ++w) {
      bits += std::popcount(masks[i].words[w] ^ mask.words[w]);
    }
    if (bits < least) nearest = i;
    if (bits < least) least = bits;
  }
  return nearest;
}

TEST_CASE("simd masks: the nearest mask is the one that a plain loop finds") {
  const Stream stream(1, "masks");
  test::with_every_kernel([&](const Kernels& each) {
    for (const double share : {0.02, 0.5, 0.98}) {
      std::vector<ByteMask> masks;
      for (std::size_t count = 1; count <= 70; ++count) {
        masks.push_back(draw(stream, count, share));
        const ByteMask mask = draw(stream, 1000 + count, share);
        CHECK_EQ(each.nearest_mask(masks.data(), count, mask), nearest_by_hand(masks, mask));
      }
    }
  });
}

TEST_CASE("simd masks: each bit counts, and the first of equals is the nearest") {
  test::with_every_kernel([](const Kernels& each) {
    for (std::size_t bit = 0; bit < 64 * kMaskWords; ++bit) {
      ByteMask mask;
      mask.words[bit / 64] = std::uint64_t{1} << (bit % 64);
      for (const std::size_t count : {2U, 9U, 33U}) {
        // All but the places from `at` on differ in one bit.
        for (std::size_t at = 0; at < count; ++at) {
          std::vector<ByteMask> masks(count);
          for (std::size_t i = at; i < count; ++i) masks[i] = mask;
          CHECK_EQ(each.nearest_mask(masks.data(), count, mask), at);
        }
      }
    }
  });
}

}  // namespace
}  // namespace nnrun

// Which of many masks is nearest to one.
#pragma once

#if defined(__AVX512BW__)
#include <immintrin.h>
#endif

#include "math/simd_vector.h"

namespace nnrun::NNRUN_KERNEL {
namespace {

/// A bit for each of eight bytes: whether it is not zero.
inline std::uint64_t set_of_eight(std::uint64_t word) {
  constexpr std::uint64_t kLow = 0x7f7f7f7f7f7f7f7fU;
  constexpr std::uint64_t kGather = 0x0102040810204080U;  // moves the eight top bits together
  static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the first byte is the lowest");
  const std::uint64_t tops = (((word & kLow) + kLow) | word) & ~kLow;
  return ((tops >> 7U) * kGather) >> 56U;
}

/// The same for up to 64 bytes.
inline std::uint64_t set_of_word(const std::uint8_t* bytes, std::size_t count) {
#if defined(__AVX512BW__)
  const __mmask64 within = count < 64 ? (__mmask64{1} << count) - 1 : ~__mmask64{0};
  const __m512i values = _mm512_maskz_loadu_epi8(within, bytes);
  return _mm512_test_epi8_mask(values, values);
#else
  std::uint64_t mask = 0;
  for (std::size_t at = 0; at < count; at += 8) {
    std::uint64_t word = 0;
    __builtin_memcpy(&word, bytes + at, count - at < 8 ? count - at : 8);
    mask |= set_of_eight(word) << at;
  }
  return mask;
#endif
}

void set_bytes(const std::uint8_t* bytes, std::size_t count, std::uint64_t* words) {
  for (std::size_t at = 0; at < count; at += 64) {
    *words++ = set_of_word(bytes + at, count - at < 64 ? count - at : 64);
  }
}

inline int differing_bits(const ByteMask& a, const ByteMask& b) {
  int bits = 0;
  for (std::size_t w = 0; w < kMaskWords; ++w) {
    bits += __builtin_popcountll(a.words[w] ^ b.words[w]);
  }
  return bits;
}

std::size_t nearest_mask(const ByteMask* masks, std::size_t count, const ByteMask& mask) {
  std::size_t nearest = 0;
  int least = differing_bits(masks[0], mask);
  for (std::size_t i = 1; i < count; ++i) {
    const int bits = differing_bits(masks[i], mask);
    nearest = bits < least ? i : nearest;
    least = bits < least ? bits : least;
  }
  return nearest;
}

}  // namespace
}  // namespace nnrun::NNRUN_KERNEL

// Which of many bit masks is nearest to one.
#pragma once

#include "math/simd_vector.h"

namespace nnrun::NNRUN_KERNEL {
namespace {

inline std::uint64_t differing_bits(const std::uint64_t* a, const std::uint64_t* b,
                                    std::size_t words) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < words; ++i) {
    bits += static_cast<std::uint64_t>(__builtin_popcountll(a[i] ^ b[i]));
  }
  return bits;
}

std::size_t nearest_mask(const std::uint64_t* masks, std::size_t words, const std::uint64_t* mask,
                         const std::uint32_t* candidates, std::size_t count) {
  std::size_t nearest = 0;
  std::uint64_t least = ~std::uint64_t{0};
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t bits = differing_bits(masks + candidates[i] * words, mask, words);
    nearest = bits < least ? i : nearest;
    least = bits < least ? bits : least;
  }
  return nearest;
}

}  // namespace
}  // namespace nnrun::NNRUN_KERNEL

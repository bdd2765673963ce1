// Which of many masks is nearest to one.
#pragma once

#include "math/simd_vector.h"

namespace nnrun::NNRUN_KERNEL {
namespace {

inline int differing_bits(const ByteMask& a, const ByteMask& b) {
  return __builtin_popcountll(a.words[0] ^ b.words[0]) +
         __builtin_popcountll(a.words[1] ^ b.words[1]);
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

// Samples into the lanes of vectors and back: a transposition for each square of a block.
#pragma once

#include "math/simd_vector.h"

namespace nnrun::NNRUN_KERNEL {
namespace {

/// a₀ b₀ a₁ b₁ … from the lanes `From` on.
template <std::size_t From, std::size_t... I>
inline Vector interleave(Vector a, Vector b, std::index_sequence<I...> /*lanes*/) {
  return __builtin_shufflevector(a, b, static_cast<int>(From + I / 2 + I % 2 * kLanes)...);
}

/// Each step rotates the bits of an element's address (row, lane) by one; with as many as a lane's
/// number has, rows and lanes have changed places.
inline void transpose(Vector (&rows)[kLanes]) {
  using Lanes = std::make_index_sequence<kLanes>;
  for (std::size_t step = 1; step < kLanes; step *= 2) {
    Vector next[kLanes];
    for (std::size_t i = 0; i < kLanes / 2; ++i) {
      next[2 * i] = interleave<0>(rows[i], rows[i + kLanes / 2], Lanes{});
      next[2 * i + 1] = interleave<kLanes / 2>(rows[i], rows[i + kLanes / 2], Lanes{});
    }
    for (std::size_t i = 0; i < kLanes; ++i) rows[i] = next[i];
  }
}

void rows_to_lanes(const Scalar* x, std::size_t rows, std::size_t columns,
                   const std::uint32_t* places, Scalar* tile) {
  for (std::size_t j = 0; j < columns; j += kLanes) {
    const std::size_t left = columns - j;
    Vector square[kLanes];
    for (std::size_t i = 0; i < kLanes; ++i) {
      const Scalar* from = x + i * columns + j;
      square[i] = i >= rows ? Vector{} : left < kLanes ? load_first(from, left) : load(from);
    }
    transpose(square);
    for (std::size_t i = 0; i < kLanes && i < left; ++i) {
      store(tile + places[j + i] * kLanes, square[i]);
    }
  }
}

void lanes_to_rows(const Scalar* tile, const std::uint32_t* places, std::size_t rows,
                   std::size_t columns, Scalar* x) {
  for (std::size_t j = 0; j < columns; j += kLanes) {
    const std::size_t left = columns - j;
    Vector square[kLanes];
    for (std::size_t i = 0; i < kLanes; ++i) {
      square[i] = i < left ? load(tile + places[j + i] * kLanes) : Vector{};
    }
    transpose(square);
    for (std::size_t i = 0; i < kLanes && i < rows; ++i) {
      Scalar* to = x + i * columns + j;
      left < kLanes ? store_first(to, left, square[i]) : store(to, square[i]);
    }
  }
}

void sum_lanes(const Scalar* vectors, std::size_t count, Scalar* sums) {
  for (std::size_t i = 0; i < count; ++i) sums[i] = sum_of(load(vectors + i * kLanes));
}

}  // namespace
}  // namespace nnrun::NNRUN_KERNEL

// Blocks of bytes times weights, and transposed times deltas: the first layer of a network.
#pragma once

#include "math/simd_vector.h"

namespace nnrun::NNRUN_KERNEL {
namespace {

/// Columns that a group of four samples can keep in registers, in vectors.
inline constexpr std::size_t kPanelVectors = NNRUN_PANEL_VECTORS;

struct ByteValues {
  constexpr ByteValues() {
    for (int byte = 0; byte < 256; ++byte) of[byte] = static_cast<Scalar>(byte);
  }
  Scalar of[256] = {};
};
constexpr ByteValues kByteValues;

template <std::size_t V>
inline void load_row(const Scalar* from, Vector (&row)[V]) {
  for (std::size_t v = 0; v < V; ++v) row[v] = load(from + v * kLanes);
}

template <std::size_t V>
inline void store_row(Scalar* to, const Vector (&row)[V]) {
  for (std::size_t v = 0; v < V; ++v) store(to + v * kLanes, row[v]);
}

/// Where the entries of a cell are, one after the other.
struct Entries {
  Entries(const ByteBlock& block, const ByteCell& cell)
      : feature(block.features + cell.first),
        end(feature + cell.entries),
        bytes(block.bytes + std::size_t{cell.first} * kGroup) {}

  const std::uint16_t* feature;
  const std::uint16_t* end;
  const std::uint8_t* bytes;
};

/// Adds to the rows of z that the cell names.
template <std::size_t V>
inline void byte_product_of(const ByteBlock& block, const ByteCell& cell, const Scalar* w,
                            Scalar* z) {
  constexpr std::size_t kWidth = V * kLanes;
  Entries at(block, cell);
  Vector sum[kGroup][V];
  for (std::size_t s = 0; s < kGroup; ++s) load_row<V>(z + cell.rows[s] * kWidth, sum[s]);
  for (; at.feature != at.end; ++at.feature, at.bytes += kGroup) {
    Vector weights[V];
    load_row<V>(w + *at.feature * kWidth, weights);
    for (std::size_t s = 0; s < kGroup; ++s) {
      const Vector x = broadcast(kByteValues.of[at.bytes[s]]);
      for (std::size_t v = 0; v < V; ++v) sum[s][v] += x * weights[v];
    }
  }
  for (std::size_t s = 0; s < kGroup; ++s) store_row<V>(z + cell.rows[s] * kWidth, sum[s]);
}

/// Adds the rows of d that the cell names to the rows of w.
template <std::size_t V>
inline void add_byte_product_of(const ByteBlock& block, const ByteCell& cell, const Scalar* d,
                                Scalar* w) {
  constexpr std::size_t kWidth = V * kLanes;
  Entries at(block, cell);
  Vector deltas[kGroup][V];
  for (std::size_t s = 0; s < kGroup; ++s) load_row<V>(d + cell.rows[s] * kWidth, deltas[s]);
  for (; at.feature != at.end; ++at.feature, at.bytes += kGroup) {
    Scalar* row = w + *at.feature * kWidth;
    Vector sum[V];
    load_row<V>(row, sum);
    for (std::size_t s = 0; s < kGroup; ++s) {
      const Vector x = broadcast(kByteValues.of[at.bytes[s]]);
      for (std::size_t v = 0; v < V; ++v) sum[v] += x * deltas[s][v];
    }
    store_row<V>(row, sum);
  }
}

template <std::size_t V>
void byte_product_in(const ByteBlock& block, const Scalar* w, Scalar* z) {
  for (std::size_t c = 0; c < block.cell_count; ++c) {
    byte_product_of<V>(block, block.cells[c], w, z);
  }
}

template <std::size_t V>
void add_byte_product_in(const ByteBlock& block, const Scalar* d, Scalar* w) {
  for (std::size_t c = 0; c < block.cell_count; ++c) {
    add_byte_product_of<V>(block, block.cells[c], d, w);
  }
}

template <std::size_t V = 1>
void byte_product(const ByteBlock& block, const Scalar* w, std::size_t vectors, Scalar* z) {
  if (vectors == V) return byte_product_in<V>(block, w, z);
  if constexpr (V < kPanelVectors) byte_product<V + 1>(block, w, vectors, z);
}

template <std::size_t V = 1>
void add_byte_product(const ByteBlock& block, const Scalar* d, std::size_t vectors, Scalar* w) {
  if (vectors == V) return add_byte_product_in<V>(block, d, w);
  if constexpr (V < kPanelVectors) add_byte_product<V + 1>(block, d, vectors, w);
}

}  // namespace
}  // namespace nnrun::NNRUN_KERNEL

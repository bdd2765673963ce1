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

/// The entries of one tile of one group.
struct Cell {
  Cell(const ByteBlock& block, std::size_t index)
      : feature(block.features + block.starts[index]),
        end(block.features + block.starts[index + 1]),
        bytes(block.bytes + std::size_t{block.starts[index]} * kGroup) {}

  const std::uint16_t* feature;
  const std::uint16_t* end;
  const std::uint8_t* bytes;
};

/// Adds to the four rows of z.
template <std::size_t V>
inline void byte_product_of(Cell cell, const Scalar* w, Scalar* z) {
  Vector sum[kGroup][V];
  for (std::size_t s = 0; s < kGroup; ++s) load_row<V>(z + s * V * kLanes, sum[s]);
  for (; cell.feature != cell.end; ++cell.feature, cell.bytes += kGroup) {
    Vector weights[V];
    load_row<V>(w + *cell.feature * V * kLanes, weights);
    for (std::size_t s = 0; s < kGroup; ++s) {
      const Vector x = broadcast(kByteValues.of[cell.bytes[s]]);
      for (std::size_t v = 0; v < V; ++v) sum[s][v] += x * weights[v];
    }
  }
  for (std::size_t s = 0; s < kGroup; ++s) store_row<V>(z + s * V * kLanes, sum[s]);
}

/// Adds the four rows of d to the rows of w.
template <std::size_t V>
inline void add_byte_product_of(Cell cell, const Scalar* d, Scalar* w) {
  Vector deltas[kGroup][V];
  for (std::size_t s = 0; s < kGroup; ++s) load_row<V>(d + s * V * kLanes, deltas[s]);
  for (; cell.feature != cell.end; ++cell.feature, cell.bytes += kGroup) {
    Scalar* row = w + *cell.feature * V * kLanes;
    Vector sum[V];
    load_row<V>(row, sum);
    for (std::size_t s = 0; s < kGroup; ++s) {
      const Vector x = broadcast(kByteValues.of[cell.bytes[s]]);
      for (std::size_t v = 0; v < V; ++v) sum[v] += x * deltas[s][v];
    }
    store_row<V>(row, sum);
  }
}

/// Calls `function(cell, group)` tile by tile, so that a tile's rows of w stay in the first cache.
template <class Function>
inline void each_cell(const ByteBlock& block, Function function) {
  for (std::size_t tile = 0; tile < block.tiles; ++tile) {
    for (std::size_t group = 0; group < block.groups; ++group) {
      function(Cell(block, tile * block.groups + group), group);
    }
  }
}

template <std::size_t V>
void byte_product_in(const ByteBlock& block, const Scalar* w, Scalar* z) {
  each_cell(block, [=](Cell cell, std::size_t group) {
    byte_product_of<V>(cell, w, z + group * kGroup * V * kLanes);
  });
}

template <std::size_t V>
void add_byte_product_in(const ByteBlock& block, const Scalar* d, Scalar* w) {
  each_cell(block, [=](Cell cell, std::size_t group) {
    add_byte_product_of<V>(cell, d + group * kGroup * V * kLanes, w);
  });
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

// Products of matrices in registers: for the narrow layers that a BLAS is slow to start on.
#pragma once

#include "math/simd_bytes.h"

namespace nnrun::NNRUN_KERNEL {
namespace {

/// Inner steps between two visits to memory.
inline constexpr std::size_t kInnerStep = 256;

/// Rows of c that are kept in registers: enough chains of additions to hide their latency.
template <std::size_t V>
inline constexpr std::size_t kTileRows = V == 1 ? 12 : 6;

/// One panel of b, at most kPanelVectors wide and kInnerStep deep, padded with zeros.
template <std::size_t V>
void pack(const Product& p, std::size_t column, std::size_t inner, std::size_t depth,
          Scalar* packed) {
  const std::size_t width = V * kLanes;
  const std::size_t columns = p.columns - column < width ? p.columns - column : width;
  for (std::size_t k = 0; k < depth; ++k) {
    const Scalar* b = p.b + (inner + k) * p.b_inner + column * p.b_column;
    Scalar* row = packed + k * width;
    if (p.b_column == 1 && columns == width) {
      for (std::size_t v = 0; v < V; ++v) store(row + v * kLanes, load(b + v * kLanes));
      continue;
    }
    for (std::size_t j = 0; j < columns; ++j) row[j] = b[j * p.b_column];
    for (std::size_t j = columns; j < width; ++j) row[j] = 0;
  }
}

/// What one tile of c works on.
struct Tile {
  const Scalar* a;
  const Scalar* packed;
  std::size_t depth;
  Scalar* c;
  std::size_t columns;  ///< of c, at most V · kLanes
  bool add;
};

template <std::size_t V>
inline void load_columns(const Scalar* c, std::size_t columns, Vector (&row)[V]) {
  for (std::size_t v = 0; v < V; ++v) {
    const std::size_t from = v * kLanes;
    if (from + kLanes <= columns) {
      row[v] = load(c + from);
    } else if (from < columns) {
      row[v] = load_first(c + from, columns - from);
    }
  }
}

template <std::size_t V>
inline void store_columns(Scalar* c, std::size_t columns, const Vector (&row)[V]) {
  for (std::size_t v = 0; v < V; ++v) {
    const std::size_t from = v * kLanes;
    if (from + kLanes <= columns) {
      store(c + from, row[v]);
    } else if (from < columns) {
      store_first(c + from, columns - from, row[v]);
    }
  }
}

template <std::size_t Rows, std::size_t V>
void product_tile(const Product& p, const Tile& tile) {
  Vector sum[Rows][V] = {};
  if (tile.add) {
    for (std::size_t i = 0; i < Rows; ++i) {
      load_columns<V>(tile.c + i * p.c_row, tile.columns, sum[i]);
    }
  }
  for (std::size_t k = 0; k < tile.depth; ++k) {
    Vector b[V];
    load_row<V>(tile.packed + k * V * kLanes, b);
    for (std::size_t i = 0; i < Rows; ++i) {
      const Vector x = broadcast(tile.a[i * p.a_row + k * p.a_inner]);
      for (std::size_t v = 0; v < V; ++v) sum[i][v] += x * b[v];
    }
  }
  for (std::size_t i = 0; i < Rows; ++i) {
    store_columns<V>(tile.c + i * p.c_row, tile.columns, sum[i]);
  }
}

/// A place in an array; one without elements may have no address to count from.
const Scalar* place(const Scalar* array, std::size_t offset) {
  return array == nullptr ? array : array + offset;
}

template <std::size_t V>
void product_panel(const Product& p, std::size_t column) {
  alignas(64) Scalar packed[kInnerStep * V * kLanes];
  const std::size_t left = p.columns - column;
  for (std::size_t inner = 0; inner == 0 || inner < p.inner; inner += kInnerStep) {
    const std::size_t depth = p.inner - inner < kInnerStep ? p.inner - inner : kInnerStep;
    pack<V>(p, column, inner, depth, packed);
    std::size_t i = 0;
    const auto tile = [&] {
      return Tile{place(p.a, i * p.a_row + inner * p.a_inner),
                  packed,
                  depth,
                  p.c + i * p.c_row + column,
                  left < V * kLanes ? left : V * kLanes,
                  p.add || inner > 0};
    };
    for (; i + kTileRows<V> <= p.rows; i += kTileRows<V>) product_tile<kTileRows<V>, V>(p, tile());
    for (; i + 4 <= p.rows; i += 4) product_tile<4, V>(p, tile());
    for (; i < p.rows; ++i) product_tile<1, V>(p, tile());
  }
}

void product_by_panels(const Product& p) {
  std::size_t column = 0;
  while (column + (kPanelVectors - 1) * kLanes < p.columns) {
    product_panel<kPanelVectors>(p, column);
    column += kPanelVectors * kLanes;
  }
  for (; column < p.columns; column += kLanes) product_panel<1>(p, column);
}

/// c has few columns and many rows: cᵀ = bᵀ aᵀ fills the registers better.
void product_transposed(const Product& p) {
  constexpr std::size_t kWidth = kPanelVectors * kLanes;
  alignas(64) Scalar part[kLanes * kWidth];
  for (std::size_t row = 0; row < p.rows; row += kWidth) {
    const std::size_t rows = p.rows - row < kWidth ? p.rows - row : kWidth;
    product_by_panels({p.columns, p.inner, rows, p.b, p.b_column, p.b_inner,
                       place(p.a, row * p.a_row), p.a_inner, p.a_row, part, kWidth, false});
    for (std::size_t i = 0; i < rows; ++i) {
      Scalar* c = p.c + (row + i) * p.c_row;
      for (std::size_t j = 0; j < p.columns; ++j) {
        c[j] = part[j * kWidth + i] + (p.add ? c[j] : 0);
      }
    }
  }
}

void product(const Product& p) {
  const bool narrow = p.columns <= kLanes && p.rows > kLanes && p.a_row == 1;
  narrow ? product_transposed(p) : product_by_panels(p);
}

}  // namespace
}  // namespace nnrun::NNRUN_KERNEL

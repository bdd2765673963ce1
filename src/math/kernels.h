// The inner loops, compiled once for each instruction set of this architecture.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/scalar.h"

// Included by files that are compiled for processors newer than the one at hand may be: nothing here
// and nothing they include may leave a function that the linker could keep for all
// (tools/check_kernels).

namespace nnrun {

/// Samples that go through a first layer in registers together.
inline constexpr std::size_t kGroup = 4;

/// A group of samples within a tile of features: the features at which any of the samples has a byte
/// that is not zero, ascending.
struct ByteCell {
  std::uint32_t first = 0;  ///< entry
  std::uint16_t entries = 0;
  std::uint16_t rows[kGroup] = {};  ///< of the samples within the block
};

/// Bytes of a block of samples. Tile after tile, so that a tile's weights stay in the fastest cache
/// while all cells of the block use them.
struct ByteBlock {
  const ByteCell* cells = nullptr;
  std::size_t cell_count = 0;
  const std::uint16_t* features = nullptr;  ///< [entries]
  const std::uint8_t* bytes = nullptr;      ///< [entries, kGroup]
  /// Of the block's matrices: one for each sample, and a last one for the places that a group leaves
  /// empty, which must be zero in a matrix that is added from.
  std::size_t rows = 0;
};

/// Whether each feature of a tile is not zero.
inline constexpr std::size_t kMaskWords = 2;
struct ByteMask {
  std::uint64_t words[kMaskWords] = {};
};

/// c [rows, columns] = a · b, or added to c. Strides let a and b be transposed.
struct Product {
  std::size_t rows = 0;
  std::size_t inner = 0;
  std::size_t columns = 0;
  const Scalar* a = nullptr;
  std::size_t a_row = 0;
  std::size_t a_inner = 0;
  const Scalar* b = nullptr;
  std::size_t b_inner = 0;
  std::size_t b_column = 0;
  Scalar* c = nullptr;
  std::size_t c_row = 0;
  bool add = false;
};

/// y [rows, columns] = factor · (the sum of the parts, first to last), a factor for each row.
struct ScaledSum {
  const Scalar* const* parts = nullptr;
  std::size_t part_count = 0;
  std::size_t part_row = 0;  ///< scalars from one row of a part to the next
  const Scalar* factors = nullptr;
  Scalar* y = nullptr;
  std::size_t y_row = 0;
  std::size_t rows = 0;
  std::size_t columns = 0;
};

/// What is compiled once for each instruction set. An element's value never depends on its place
/// in a vector or on the length of the array; that of a product's depends on the product's shape.
/// Results may stand where an argument does, but for the products, softmax_rows and scaled_sum.
struct Kernels {
  const char* name;            ///< "avx512"
  std::size_t lanes;           ///< scalars of a vector
  std::size_t panel_vectors;   ///< the most vectors that a row of a panel has
  std::size_t neuron_columns;  ///< columns of a first layer that is one unit of one run

  /// z [rows, V] += bytes · w [D, V], for V = vectors · lanes columns.
  void (*byte_product)(const ByteBlock& block, const Scalar* w, std::size_t vectors, Scalar* z);
  /// w [D, V] += bytesᵀ · d [rows, V].
  void (*add_byte_product)(const ByteBlock& block, const Scalar* d, std::size_t vectors, Scalar* w);
  /// The same where each run has one unit: `columns` is neuron_columns for a run alone, or lanes for
  /// as many runs. A column has the same bits in both.
  void (*neuron_product)(const ByteBlock& block, const Scalar* w, std::size_t columns, Scalar* z);
  void (*add_neuron_product)(const ByteBlock& block, const Scalar* d, std::size_t columns,
                             Scalar* w);
  void (*product)(const Product& product);

  /// A bit for each byte, whether it is not zero: ⌈count / 64⌉ words.
  void (*set_bytes)(const std::uint8_t* bytes, std::size_t count, std::uint64_t* words);
  /// The place of the first mask that differs from `mask` in the fewest bits.
  std::size_t (*nearest_mask)(const ByteMask* masks, std::size_t count, const ByteMask& mask);

  using Map = void (*)(const Scalar* x, Scalar* y, std::size_t count);
  using Gradient = void (*)(const Scalar* y, const Scalar* dy, Scalar* dx, std::size_t count);
  Map exponential;
  Map exponential_minus_one;
  Map softplus_excess;      ///< log(1 + e^−|x|)
  Map normal_distribution;  ///< Φ(x)
  Map sigmoid;
  Gradient sigmoid_gradient;
  Map hyperbolic_tangent;
  Gradient hyperbolic_tangent_gradient;
  Map rectify;
  Gradient rectify_gradient;

  /// sums [columns] += Σ of the rows of x [rows, columns], first to last.
  void (*add_rows)(const Scalar* x, std::size_t rows, std::size_t columns, Scalar* sums);
  void (*scaled_sum)(const ScaledSum& sum);
  /// y = y + factor · x
  void (*add_scaled)(const Scalar* x, Scalar factor, Scalar* y, std::size_t count);
  bool (*all_finite)(const Scalar* x, std::size_t count);

  void (*softmax_rows)(const Scalar* x, std::size_t rows, std::size_t columns, Scalar* y);
  /// The column of each row's largest value, the first of equals.
  void (*largest_of_rows)(const Scalar* x, std::size_t rows, std::size_t columns,
                          std::uint32_t* column);
  /// Σ over the rows of −log a[label], from the logits z and a = softmax(z).
  double (*cross_entropy)(const Scalar* z, const Scalar* a, const std::uint32_t* labels,
                          std::size_t rows, std::size_t columns);
  /// Σ max(z, 0) − y z + log(1 + e^−|z|).
  double (*binary_cross_entropy)(const Scalar* z, const Scalar* y, std::size_t count);
};

/// The kernels in use.
const Kernels& kernels();

}  // namespace nnrun

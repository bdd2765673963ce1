// What is done to each row of a matrix: softmax and what is measured of its outputs.
#pragma once

#include "math/simd_functions.h"

namespace nnrun::NNRUN_KERNEL {
namespace {

constexpr auto kMinusInfinity = static_cast<Scalar>(-__builtin_inf());

inline Whole lane_numbers() {
  Whole numbers;
  for (std::size_t i = 0; i < kLanes; ++i) numbers[i] = static_cast<Lane>(i);
  return numbers;
}

/// The lanes that count, the others `rest`.
inline Vector load_part(const Scalar* from, std::size_t count, const Scalar* end, Scalar rest) {
  if (from + kLanes > end) return load_first(from, count, rest);
  return lane_numbers() < static_cast<Lane>(count) ? load(from) : broadcast(rest);
}

/// Writes the lanes that count, and what is left of the vector too where the array goes on: the
/// rows after this one are written later.
inline void store_part(Scalar* to, std::size_t count, const Scalar* end, Vector value) {
  to + kLanes > end ? store_first(to, count, value) : store(to, value);
}

/// Calls `function(from, count)` for the vectors of a row.
template <class Function>
inline void each_part(std::size_t columns, Function function) {
  std::size_t k = 0;
  for (; k + kLanes <= columns; k += kLanes) function(k, kLanes);
  if (k < columns) function(k, columns - k);
}

inline Scalar largest_of_row(const Scalar* row, std::size_t columns, const Scalar* end) {
  Vector most = broadcast(kMinusInfinity);
  each_part(columns, [&](std::size_t k, std::size_t count) {
    most = larger(most, load_part(row + k, count, end, kMinusInfinity));
  });
  return largest_of(most);
}

/// Columns up to which a row is put into one lane, and many rows are done at once.
inline constexpr std::size_t kNarrow = 64;

/// `count` ≤ kLanes rows of few columns.
inline void softmax_narrow_rows(const Scalar* x, std::size_t count, std::size_t columns,
                                Scalar* y) {
  Vector column[kNarrow];
  Vector most = broadcast(kMinusInfinity);
  for (std::size_t k = 0; k < columns; ++k) {
    Vector values = {};
    for (std::size_t i = 0; i < count; ++i) values[i] = x[i * columns + k];
    column[k] = values;
    most = larger(most, values);
  }
  Vector total = {};
  for (std::size_t k = 0; k < columns; ++k) {
    column[k] = exponential_of(column[k] - most);
    total += column[k];
  }
  for (std::size_t k = 0; k < columns; ++k) {
    const Vector values = column[k] / total;
    for (std::size_t i = 0; i < count; ++i) y[i * columns + k] = values[i];
  }
}

inline void softmax_of_narrow_rows(const Scalar* x, std::size_t rows, std::size_t columns,
                                   Scalar* y) {
  std::size_t n = 0;
  for (; n + kLanes <= rows; n += kLanes) {
    softmax_narrow_rows(x + n * columns, kLanes, columns, y + n * columns);
  }
  softmax_narrow_rows(x + n * columns, rows - n, columns, y + n * columns);
}

void softmax_rows(const Scalar* x, std::size_t rows, std::size_t columns, Scalar* y) {
  if (columns <= kNarrow) return softmax_of_narrow_rows(x, rows, columns, y);
  const Scalar* x_end = x + rows * columns;
  const Scalar* y_end = y + rows * columns;
  for (std::size_t n = 0; n < rows; ++n, x += columns, y += columns) {
    const Scalar largest = largest_of_row(x, columns, x_end);
    Vector sums = broadcast(0);
    each_part(columns, [&](std::size_t k, std::size_t count) {
      const Vector e = exponential_of(load_part(x + k, count, x_end, kMinusInfinity) - largest);
      sums += e;
      store_part(y + k, count, y_end, e);
    });
    const Scalar total = sum_of(sums);
    each_part(columns, [&](std::size_t k, std::size_t count) {
      store_part(y + k, count, y_end, load_part(y + k, count, y_end, 0) / total);
    });
  }
}

void largest_of_rows(const Scalar* x, std::size_t rows, std::size_t columns,
                     std::uint32_t* column) {
  const Scalar* end = x + rows * columns;
  const auto none = static_cast<Lane>(columns);
  for (std::size_t n = 0; n < rows; ++n, x += columns) {
    const Scalar largest = largest_of_row(x, columns, end);
    Whole found = Whole{} + none;
    each_part(columns, [&](std::size_t k, std::size_t count) {
      const Vector v = load_part(x + k, count, end, kMinusInfinity);
      const Whole here = v == largest ? lane_numbers() + static_cast<Lane>(k) : Whole{} + none;
      found = here < found ? here : found;
    });
    const Lane first = smallest_of(found);
    column[n] = first < none ? static_cast<std::uint32_t>(first) : 0;  // a row of NaN
  }
}

/// With m = max z: log Σ e^z = m + log Σ e^(z − m) = m − log(max a), which neither overflows nor
/// loses the loss of a class whose a underflows.
double cross_entropy(const Scalar* z, const Scalar* a, const std::uint32_t* labels,
                     std::size_t rows, std::size_t columns) {
  const Scalar* z_end = z + rows * columns;
  const Scalar* a_end = a + rows * columns;
  double total = 0;
  for (std::size_t start = 0; start < rows; start += kLanes) {
    const std::size_t here = rows - start < kLanes ? rows - start : kLanes;
    Vector margin = broadcast(0);
    Vector largest = broadcast(1);
    for (std::size_t i = 0; i < here; ++i) {
      const std::size_t row = (start + i) * columns;
      margin[i] = largest_of_row(z + row, columns, z_end) - z[row + labels[start + i]];
      largest[i] = largest_of_row(a + row, columns, a_end);
    }
    const Vector loss = margin - logarithm_of(largest);
    for (std::size_t i = 0; i < here; ++i) total += static_cast<double>(loss[i]);
  }
  return total;
}

}  // namespace
}  // namespace nnrun::NNRUN_KERNEL

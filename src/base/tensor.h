// The one scalar type, and views of matrices that somebody else owns.
// Interfaces speak in views, so that only the math floor needs xtensor's headers.
#pragma once

#include <tbb/cache_aligned_allocator.h>

#include <cassert>
#include <cstddef>
#include <span>
#include <vector>

#include "base/scalar.h"

namespace nnrun {

/// A row-major matrix without gaps, not owned: samples are rows.
template <class T>
class MatrixSpan {
 public:
  MatrixSpan() = default;
  MatrixSpan(T* data, std::size_t rows, std::size_t columns)
      : data_(data), rows_(rows), columns_(columns) {}

  /// A view that may be written is one that may be read.
  operator MatrixSpan<const T>() const { return {data_, rows_, columns_}; }

  T* data() const { return data_; }
  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  std::size_t size() const { return rows_ * columns_; }
  bool empty() const { return size() == 0; }

  std::span<T> row(std::size_t index) const {
    assert(index < rows_);
    return {data_ + index * columns_, columns_};
  }
  std::span<T> elements() const { return {data_, size()}; }

 private:
  T* data_ = nullptr;
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
};

/// Scalars that start where a cache line does, so that no vector of them straddles two.
using AlignedScalars = std::vector<Scalar, tbb::cache_aligned_allocator<Scalar>>;

using MatrixView = MatrixSpan<Scalar>;
using ConstMatrixView = MatrixSpan<const Scalar>;

}  // namespace nnrun

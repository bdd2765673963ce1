// The one scalar type, and views of matrices that somebody else owns.
// Interfaces speak in views, so that only the math floor needs xtensor's headers.
#pragma once

#include <cassert>
#include <cstddef>
#include <span>

#ifndef NNRUN_SCALAR
#define NNRUN_SCALAR float
#endif

namespace nnrun {

/// Every weight, activation and gradient. The gradient check builds the same sources with double.
using Scalar = NNRUN_SCALAR;

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

using MatrixView = MatrixSpan<Scalar>;
using ConstMatrixView = MatrixSpan<const Scalar>;

}  // namespace nnrun

#include "math/matmul.h"

#include <array>
#include <xtensor-blas/xblas.hpp>
#include <xtensor/xadapt.hpp>

namespace nnrun {

namespace {

template <class T>
auto adapt(MatrixSpan<T> matrix) {
  const std::array<std::size_t, 2> shape = {matrix.rows(), matrix.columns()};
  return xt::adapt(matrix.data(), matrix.size(), xt::no_ownership(), shape);
}

}  // namespace

void add_product(ConstMatrixView a, ConstMatrixView b, MatrixView c) {
  assert(a.columns() == b.rows() && a.rows() == c.rows() && b.columns() == c.columns());
  auto result = adapt(c);
  xt::blas::gemm(adapt(a), adapt(b), result, false, false, Scalar{1}, Scalar{1});
}

void add_left_transposed_product(ConstMatrixView a, ConstMatrixView b, MatrixView c) {
  assert(a.rows() == b.rows() && a.columns() == c.rows() && b.columns() == c.columns());
  auto result = adapt(c);
  xt::blas::gemm(adapt(a), adapt(b), result, true, false, Scalar{1}, Scalar{1});
}

void right_transposed_product(ConstMatrixView a, ConstMatrixView b, MatrixView c) {
  assert(a.columns() == b.columns() && a.rows() == c.rows() && b.rows() == c.columns());
  auto result = adapt(c);
  xt::blas::gemm(adapt(a), adapt(b), result, false, true, Scalar{1}, Scalar{0});
}

}  // namespace nnrun

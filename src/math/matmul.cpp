#include "math/matmul.h"

#include <array>
#include <xtensor-blas/xblas.hpp>
#include <xtensor/xadapt.hpp>

#include "math/kernels.h"

namespace nnrun {

namespace {

template <class T>
auto adapt(MatrixSpan<T> matrix) {
  const std::array<std::size_t, 2> shape = {matrix.rows(), matrix.columns()};
  return xt::adapt(matrix.data(), matrix.size(), xt::no_ownership(), shape);
}

/// BLAS packs its arguments first. Up to about this many multiply-adds (256 × 64 × 256) the kernels,
/// which pack less, are done sooner (tools/bench/kernels).
bool is_small(std::size_t rows, std::size_t inner, std::size_t columns) {
  constexpr std::size_t kSmall = std::size_t{1} << 22U;
  return rows * inner * columns <= kSmall;
}

}  // namespace

void add_product(ConstMatrixView a, ConstMatrixView b, MatrixView c) {
  assert(a.columns() == b.rows() && a.rows() == c.rows() && b.columns() == c.columns());
  if (is_small(a.rows(), a.columns(), b.columns())) {
    kernels().product({a.rows(), a.columns(), b.columns(), a.data(), a.columns(), 1, b.data(),
                       b.columns(), 1, c.data(), c.columns(), true});
    return;
  }
  auto result = adapt(c);
  xt::blas::gemm(adapt(a), adapt(b), result, false, false, Scalar{1}, Scalar{1});
}

void add_left_transposed_product(ConstMatrixView a, ConstMatrixView b, MatrixView c) {
  assert(a.rows() == b.rows() && a.columns() == c.rows() && b.columns() == c.columns());
  if (is_small(a.columns(), a.rows(), b.columns())) {
    kernels().product({a.columns(), a.rows(), b.columns(), a.data(), 1, a.columns(), b.data(),
                       b.columns(), 1, c.data(), c.columns(), true});
    return;
  }
  auto result = adapt(c);
  xt::blas::gemm(adapt(a), adapt(b), result, true, false, Scalar{1}, Scalar{1});
}

void right_transposed_product(ConstMatrixView a, ConstMatrixView b, MatrixView c) {
  assert(a.columns() == b.columns() && a.rows() == c.rows() && b.rows() == c.columns());
  if (is_small(a.rows(), a.columns(), b.rows())) {
    kernels().product({a.rows(), a.columns(), b.rows(), a.data(), a.columns(), 1, b.data(), 1,
                       b.columns(), c.data(), c.columns(), false});
    return;
  }
  auto result = adapt(c);
  xt::blas::gemm(adapt(a), adapt(b), result, false, true, Scalar{1}, Scalar{0});
}

}  // namespace nnrun

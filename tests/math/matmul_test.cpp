#include "math/matmul.h"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "math/every_kernel.h"
#include "same_bits.h"

namespace nnrun {
namespace {

using test::check_sums;
using test::Matrix;
using test::Sum;

Matrix random_matrix(std::size_t rows, std::size_t columns, const char* name) {
  return {rows, columns, test::normal(rows * columns, name)};
}

/// Three numbers of elements: single ones, and primes that no block size divides. The kernels make
/// products of up to 2²² multiply-adds, and BLAS those above.
using Shape3 = std::array<std::size_t, 3>;
const std::vector<Shape3> kByKernels = {{1, 1, 1},    {1, 7, 1},     {1, 1, 9},
                                        {5, 1, 1},    {2, 3, 5},     {17, 31, 13},
                                        {101, 67, 3}, {257, 53, 29}, {128, 256, 128}};
const std::vector<Shape3> kByBlas = {
    {128, 257, 128}, {300, 200, 100}, {80, 300, 200}, {3, 1201, 1201}};

/// Every shape of `shapes` in three orders, for each dimension to be the one that is summed over.
template <class Body>
void for_each_order(const std::vector<Shape3>& shapes, Body body) {
  for (const auto& [x, y, z] : shapes) {
    body(x, y, z);
    if (x == y && y == z) continue;
    body(y, z, x);
    body(z, x, y);
  }
}

template <class Body>
void for_each_shape(Body body) {
  for_each_order(kByKernels, body);
  for_each_order(kByBlas, body);
}

std::vector<Sum> sums_from(const Matrix& c) {
  std::vector<Sum> sums;
  for (const Scalar value : c.values()) {
    sums.emplace_back().add(static_cast<double>(value), 1);
  }
  return sums;
}

/// sums += a · b, in double precision
void add_expected(ConstMatrixView a, ConstMatrixView b, std::vector<Sum>& sums) {
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.columns(); ++j) {
      const auto factor = static_cast<double>(a.data()[i * a.columns() + j]);
      const Scalar* row = b.data() + j * b.columns();
      Sum* sum = sums.data() + i * b.columns();
      for (std::size_t k = 0; k < b.columns(); ++k) sum[k].add(factor, static_cast<double>(row[k]));
    }
  }
}

Matrix transposed(const Matrix& matrix) {
  const ConstMatrixView from = matrix.view();
  Matrix to(from.columns(), from.rows());
  for (std::size_t i = 0; i < from.rows(); ++i) {
    for (std::size_t j = 0; j < from.columns(); ++j) {
      to.values()[j * from.rows() + i] = from.row(i)[j];
    }
  }
  return to;
}

TEST_CASE("matmul: add_product is c + a b") {
  for_each_shape([](std::size_t n, std::size_t d, std::size_t k) {
    const Matrix a = random_matrix(n, d, "a");
    const Matrix b = random_matrix(d, k, "b");
    Matrix c = random_matrix(n, k, "c");
    auto expected = sums_from(c);
    add_expected(a.view(), b.view(), expected);
    add_product(a.view(), b.view(), c.view());
    check_sums(c.values().data(), expected);
  });
}

TEST_CASE("matmul: add_left_transposed_product is c + a' b") {
  for_each_shape([](std::size_t n, std::size_t d, std::size_t k) {
    const Matrix a = random_matrix(n, d, "a");
    const Matrix b = random_matrix(n, k, "b");
    Matrix c = random_matrix(d, k, "c");
    auto expected = sums_from(c);
    add_expected(transposed(a).view(), b.view(), expected);
    add_left_transposed_product(a.view(), b.view(), c.view());
    check_sums(c.values().data(), expected);
  });
}

TEST_CASE("matmul: right_transposed_product is a b' whatever was there") {
  for_each_shape([](std::size_t n, std::size_t d, std::size_t k) {
    const Matrix a = random_matrix(n, k, "a");
    const Matrix b = random_matrix(d, k, "b");
    Matrix c(n, d);
    // With a factor of 0 BLAS must not read c: NaN · 0 is NaN.
    for (Scalar& value : c.values()) value = std::numeric_limits<Scalar>::quiet_NaN();
    std::vector<Sum> expected(n * d);
    add_expected(a.view(), transposed(b).view(), expected);
    right_transposed_product(a.view(), b.view(), c.view());
    check_sums(c.values().data(), expected);
  });
}

using InMemory = void (*)(ConstMatrixView, ConstMatrixView, MatrixView);

/// A matrix that starts `shift` scalars into its memory.
struct Shifted {
  Shifted(std::size_t shift, ConstMatrixView from)
      : memory(shift + from.size()), view(memory.data() + shift, from.rows(), from.columns()) {
    std::copy_n(from.data(), from.size(), view.data());
  }
  std::vector<Scalar> values() const { return {view.elements().begin(), view.elements().end()}; }

  std::vector<Scalar> memory;
  MatrixView view;
};

void check_in_memory(InMemory product, const Matrix& a, const Matrix& b, const Matrix& c) {
  std::vector<Scalar> first;
  for (std::size_t shift = 0; shift < 17; ++shift) {
    const Shifted moved_a(shift, a.view());
    const Shifted moved_b(shift * 3 % 17, b.view());
    const Shifted moved_c(shift * 5 % 17, c.view());
    product(moved_a.view, moved_b.view, moved_c.view);
    if (shift == 0) first = moved_c.values();
    CHECK(test::same_bits(moved_c.values(), first));
  }
}

TEST_CASE("matmul: the same product has the same bits wherever it lies in memory") {
  for (const auto& [n, d, k] : std::vector<Shape3>{{33, 47, 11}, {131, 211, 163}}) {
    const Matrix a = random_matrix(n, d, "a");
    const Matrix b = random_matrix(d, k, "b");
    const Matrix c = random_matrix(n, k, "c");
    check_in_memory(add_product, a, b, c);
    check_in_memory(add_left_transposed_product, transposed(a), b, c);
    check_in_memory(right_transposed_product, a, transposed(b), c);
  }
}

}  // namespace
}  // namespace nnrun

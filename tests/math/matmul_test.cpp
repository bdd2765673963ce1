#include "math/matmul.h"

#include <array>
#include <limits>
#include <vector>

#include "base/rng.h"
#include "support.h"

namespace nnrun {
namespace {

using test::check_close;
using test::Matrix;

Matrix random_matrix(std::size_t rows, std::size_t columns, const char* name) {
  const Stream stream(1, name);
  Matrix matrix(rows, columns);
  for (std::size_t i = 0; i < rows * columns; ++i) {
    matrix.values()[i] = static_cast<Scalar>(stream.normal(i));
  }
  return matrix;
}

double element(ConstMatrixView matrix, std::size_t row, std::size_t column) {
  return static_cast<double>(matrix.row(row)[column]);
}

/// N, D, K: single elements, rows, columns, and primes that no block size divides.
const std::array<std::array<std::size_t, 3>, 8> kShapes = {{{1, 1, 1},
                                                            {1, 7, 1},
                                                            {1, 1, 9},
                                                            {5, 1, 1},
                                                            {2, 3, 5},
                                                            {17, 31, 13},
                                                            {101, 67, 3},
                                                            {257, 53, 29}}};

constexpr double kTolerance = 2e-5;  // sums of up to 257 products of single precision

TEST_CASE("matmul: add_product is c + a b") {
  for (const auto& [n, d, k] : kShapes) {
    const Matrix a = random_matrix(n, d, "a");
    const Matrix b = random_matrix(d, k, "b");
    Matrix c = random_matrix(n, k, "c");
    std::vector<double> expected(c.values().begin(), c.values().end());
    for (std::size_t i = 0; i < n * k; ++i) {
      for (std::size_t j = 0; j < d; ++j) {
        expected[i] += element(a.view(), i / k, j) * element(b.view(), j, i % k);
      }
    }
    add_product(a.view(), b.view(), c.view());
    check_close(c.values(), expected, kTolerance);
  }
}

TEST_CASE("matmul: add_left_transposed_product is c + a' b") {
  for (const auto& [n, d, k] : kShapes) {
    const Matrix a = random_matrix(n, d, "a");
    const Matrix b = random_matrix(n, k, "b");
    Matrix c = random_matrix(d, k, "c");
    std::vector<double> expected(c.values().begin(), c.values().end());
    for (std::size_t i = 0; i < d * k; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        expected[i] += element(a.view(), j, i / k) * element(b.view(), j, i % k);
      }
    }
    add_left_transposed_product(a.view(), b.view(), c.view());
    check_close(c.values(), expected, kTolerance);
  }
}

TEST_CASE("matmul: right_transposed_product is a b' whatever was there") {
  for (const auto& [n, d, k] : kShapes) {
    const Matrix a = random_matrix(n, k, "a");
    const Matrix b = random_matrix(d, k, "b");
    Matrix c(n, d);
    // With a factor of 0 BLAS must not read c: NaN · 0 is NaN.
    for (Scalar& value : c.values()) value = std::numeric_limits<Scalar>::quiet_NaN();
    std::vector<double> expected(n * d);
    for (std::size_t i = 0; i < n * d; ++i) {
      for (std::size_t j = 0; j < k; ++j) {
        expected[i] += element(a.view(), i / d, j) * element(b.view(), i % d, j);
      }
    }
    right_transposed_product(a.view(), b.view(), c.view());
    check_close(c.values(), expected, kTolerance);
  }
}

TEST_CASE("matmul: the same product has the same bits wherever it lies in memory") {
  constexpr std::size_t kN = 33;
  constexpr std::size_t kD = 47;
  constexpr std::size_t kK = 11;
  const Matrix a = random_matrix(kN, kD, "a");
  const Matrix b = random_matrix(kD, kK, "b");
  std::vector<Scalar> first(kN * kK);
  add_product(a.view(), b.view(), {first.data(), kN, kK});
  for (std::size_t shift = 0; shift < 16; ++shift) {
    std::vector<Scalar> moved(shift + kN * kD);
    std::copy(a.values().begin(), a.values().end(), moved.begin() + static_cast<long>(shift));
    std::vector<Scalar> result(shift + kN * kK);
    add_product({moved.data() + shift, kN, kD}, b.view(), {result.data() + shift, kN, kK});
    CHECK(std::equal(first.begin(), first.end(), result.begin() + static_cast<long>(shift)));
  }
}

}  // namespace
}  // namespace nnrun

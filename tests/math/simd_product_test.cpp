// The products of matrices of each instruction set.
#include <vector>

#include "math/every_kernel.h"
#include "same_bits.h"

namespace nnrun {
namespace {

using test::Sum;

struct Case {
  std::size_t rows;
  std::size_t inner;
  std::size_t columns;
  bool a_transposed = false;
  bool b_transposed = false;
  bool add = false;
};

/// Each shape in every layout, put in place of what was there and added to it.
std::vector<Case> every_case() {
  const std::vector<Case> shapes = {{1, 1, 1},     {2, 3, 5},     {7, 64, 10},  {256, 10, 64},
                                    {13, 300, 17}, {64, 257, 10}, {5, 20, 130}, {6, 0, 4}};
  std::vector<Case> cases;
  for (const Case& shape : shapes) {
    for (unsigned bits = 0; bits < 8; ++bits) {
      cases.push_back({shape.rows, shape.inner, shape.columns, (bits & 1U) != 0, (bits & 2U) != 0,
                       (bits & 4U) != 0});
    }
  }
  return cases;
}

Product product_of(const Case& c, const std::vector<Scalar>& a, const std::vector<Scalar>& b,
                   std::vector<Scalar>& result) {
  return {c.rows,
          c.inner,
          c.columns,
          a.data(),
          c.a_transposed ? 1 : c.inner,
          c.a_transposed ? c.rows : 1,
          b.data(),
          c.b_transposed ? 1 : c.columns,
          c.b_transposed ? c.inner : 1,
          result.data(),
          c.columns,
          c.add};
}

std::vector<Sum> sums_of(const Product& p, double start) {
  std::vector<Sum> sums(p.rows * p.columns, Sum{start, start});
  for (std::size_t i = 0; i < p.rows; ++i) {
    for (std::size_t k = 0; k < p.inner; ++k) {
      for (std::size_t j = 0; j < p.columns; ++j) {
        sums[i * p.columns + j].add(static_cast<double>(p.a[i * p.a_row + k * p.a_inner]),
                                    static_cast<double>(p.b[k * p.b_inner + j * p.b_column]));
      }
    }
  }
  return sums;
}

TEST_CASE("simd product: every shape and layout is that of double precision") {
  test::with_every_kernel([](const Kernels& each) {
    for (const Case& c : every_case()) {
      CAPTURE(c.rows);
      CAPTURE(c.inner);
      CAPTURE(c.columns);
      const auto a = test::normal(c.rows * c.inner, "a");
      const auto b = test::normal(c.inner * c.columns, "b");
      std::vector<Scalar> result(c.rows * c.columns, 3);
      const Product product = product_of(c, a, b, result);
      each.product(product);
      test::check_sums(result.data(), sums_of(product, c.add ? 3 : 0));
    }
  });
}

TEST_CASE("simd product: what lies beside the columns of c stays as it is") {
  constexpr std::size_t kStride = 140;
  const auto a = test::normal(9 * 20, "a");
  const auto b = test::normal(20 * 130, "b");
  test::with_every_kernel([&](const Kernels& each) {
    for (const std::size_t columns : {1U, 3U, 4U, 7U, 17U, 33U, 65U, 130U}) {
      std::vector<Scalar> c(9 * kStride, 7);
      each.product(
          {9, 20, columns, a.data(), 20, 1, b.data(), columns, 1, c.data(), kStride, false});
      std::size_t changed = 0;
      for (std::size_t i = 0; i < c.size(); ++i) {
        if (i % kStride >= columns && c[i] != 7) ++changed;
      }
      CHECK_EQ(changed, 0);
    }
  });
}

/// a [29, 300] and b [300, 70]: some panels of every kernel, and more steps than go without memory.
struct Factors {
  std::vector<Scalar> a = test::normal(29 * 300, "a");
  std::vector<Scalar> b = test::normal(300 * 70, "b");

  /// c [29, 70]
  std::vector<Scalar> product(const Kernels& kernels) const {
    std::vector<Scalar> c(29 * 70);
    kernels.product({29, 300, 70, a.data(), 300, 1, b.data(), 70, 1, c.data(), 70, false});
    return c;
  }
};

TEST_CASE("simd product: an element's bits do not depend on the rows beside it") {
  const Factors factors;
  test::with_every_kernel([&](const Kernels& each) {
    std::vector<Scalar> alone(29 * 70);
    for (std::size_t i = 0; i < 29; ++i) {
      each.product({1, 300, 70, &factors.a[i * 300], 300, 1, factors.b.data(), 70, 1,
                    &alone[i * 70], 70, false});
    }
    CHECK(test::same_bits(alone, factors.product(each)));
  });
}

TEST_CASE("simd product: an element's bits do not depend on the columns beside it") {
  const Factors factors;
  test::with_every_kernel([&](const Kernels& each) {
    std::vector<Scalar> alone(29 * 70);
    for (std::size_t j = 0; j < 70; ++j) {
      each.product(
          {29, 300, 1, factors.a.data(), 300, 1, &factors.b[j], 70, 1, &alone[j], 70, false});
    }
    CHECK(test::same_bits(alone, factors.product(each)));
  });
}

}  // namespace
}  // namespace nnrun

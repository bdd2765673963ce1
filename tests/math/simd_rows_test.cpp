// Softmax and what is measured of its outputs, of each instruction set.
#include <algorithm>
#include <cmath>
#include <vector>

#include "math/every_kernel.h"
#include "same_bits.h"

namespace nnrun {
namespace {

/// Up to 64 columns a row goes through one lane, above that through whole vectors.
const std::vector<std::size_t> kColumns = {2, 3, 8, 10, 16, 17, 40, 63, 64, 65, 80, 127, 130};
const std::vector<std::size_t> kRows = {1, 2, 16, 19};

/// Logits, and what some kernels make of them.
struct Rows {
  Rows(const Kernels& kernels, std::size_t row_count, const std::vector<Scalar>& logits)
      : rows(row_count), columns(logits.size() / rows), z(logits), a(z.size()) {
    for (std::size_t n = 0; n < rows; ++n) {
      labels.push_back(static_cast<std::uint32_t>(7 * n % columns));
    }
    largest.resize(rows);
    kernels.softmax_rows(z.data(), rows, columns, a.data());
    kernels.largest_of_rows(z.data(), rows, columns, largest.data());
    loss = kernels.cross_entropy(z.data(), a.data(), labels.data(), rows, columns);
  }

  std::size_t rows;
  std::size_t columns;
  std::vector<Scalar> z;
  std::vector<Scalar> a;
  std::vector<std::uint32_t> labels;
  std::vector<std::uint32_t> largest;
  double loss = 0;
};

template <class Body>
void for_each_size(Body body) {
  test::with_every_kernel([&](const Kernels& each) {
    for (const std::size_t columns : kColumns) {
      for (const std::size_t rows : kRows) {
        CAPTURE(columns);
        CAPTURE(rows);
        body(each, rows, test::normal(rows * columns, "z", 5));
      }
    }
  });
}

/// The softmax of a row in double precision.
std::vector<double> softmax_by_hand(const Scalar* z, std::size_t columns) {
  std::vector<double> a(columns);
  double total = 0;
  for (std::size_t k = 0; k < columns; ++k) total += a[k] = std::exp(static_cast<double>(z[k]));
  for (double& value : a) value /= total;
  return a;
}

TEST_CASE("simd rows: softmax, the largest and cross-entropy are those of double precision") {
  for_each_size([](const Kernels& each, std::size_t count, const std::vector<Scalar>& z) {
    const Rows found(each, count, z);
    double loss = 0;
    std::vector<double> expected;
    for (std::size_t n = 0; n < count; ++n) {
      const Scalar* row = z.data() + n * found.columns;
      CHECK_EQ(found.largest[n], std::max_element(row, row + found.columns) - row);
      const auto a = softmax_by_hand(row, found.columns);
      loss -= std::log(a[found.labels[n]]);
      expected.insert(expected.end(), a.begin(), a.end());
    }
    test::check_close(found.a, expected);
    CHECK(found.loss == doctest::Approx(loss).epsilon(1e-6));
  });
}

TEST_CASE("simd rows: a row alone has the bits that it has among others") {
  for_each_size([](const Kernels& each, std::size_t count, const std::vector<Scalar>& z) {
    const Rows together(each, count, z);
    std::vector<Scalar> a;
    std::vector<std::uint32_t> largest;
    double loss = 0;
    for (std::size_t n = 0; n < count; ++n) {
      const auto row = z.begin() + static_cast<std::ptrdiff_t>(n * together.columns);
      const Rows alone(each, 1, {row, row + static_cast<std::ptrdiff_t>(together.columns)});
      a.insert(a.end(), alone.a.begin(), alone.a.end());
      largest.push_back(alone.largest[0]);
      loss += each.cross_entropy(alone.z.data(), alone.a.data(), &together.labels[n], 1,
                                 together.columns);
    }
    CHECK(test::same_bits(a, together.a));
    CHECK(largest == together.largest);
    CHECK(test::same_bits(std::vector{loss}, std::vector{together.loss}));
  });
}

TEST_CASE("simd rows: softmax writes its rows alone") {
  for_each_size([](const Kernels& each, std::size_t count, const std::vector<Scalar>& z) {
    std::vector<Scalar> a(z.size() + 16, 77);
    each.softmax_rows(z.data(), count, z.size() / count, a.data());
    CHECK_EQ(std::count(a.end() - 16, a.end(), Scalar{77}), 16);
  });
}

TEST_CASE("simd rows: the first of equals is the largest, wherever they stand") {
  test::with_every_kernel([](const Kernels& each) {
    for (const std::size_t columns : kColumns) {
      for (std::size_t at = 0; at < columns; ++at) {
        std::vector<Scalar> row(columns, 1);
        row[at] = row[at + (columns - at) / 2] = row.back() = 2;
        std::uint32_t column = 99;
        each.largest_of_rows(row.data(), 1, columns, &column);
        CHECK_EQ(column, at);
      }
    }
  });
}

TEST_CASE("simd rows: of a row of NaN the largest is the first") {
  test::with_every_kernel([](const Kernels& each) {
    for (const std::size_t columns : kColumns) {
      const std::vector<Scalar> row(columns, std::nanf(""));
      std::uint32_t column = 99;
      each.largest_of_rows(row.data(), 1, columns, &column);
      CHECK_EQ(column, 0);
    }
  });
}

TEST_CASE("simd rows: NaN anywhere in a row makes all of it NaN, and no other row") {
  test::with_every_kernel([](const Kernels& each) {
    for (const std::size_t columns : kColumns) {
      for (std::size_t at = 0; at < columns; ++at) {
        auto z = test::normal(3 * columns, "z");
        z[columns + at] = std::nanf("");
        const Rows found(each, 3, z);
        std::size_t wrong = 0;
        for (std::size_t i = 0; i < z.size(); ++i) {
          if (std::isnan(found.a[i]) != (i / columns == 1)) ++wrong;
        }
        CHECK_EQ(wrong, 0);
        CHECK(std::isnan(found.loss));
      }
    }
  });
}

TEST_CASE("simd rows: binary cross-entropy adds up what its elements have alone") {
  test::with_every_kernel([](const Kernels& each) {
    for (std::size_t length = 1; length <= 67; ++length) {
      const auto z = test::normal(length, "z", 5);
      std::vector<Scalar> y(length);
      for (std::size_t i = 0; i < length; i += 3) y[i] = 1;
      double loss = 0;
      for (std::size_t i = 0; i < length; ++i) loss += each.binary_cross_entropy(&z[i], &y[i], 1);
      const double together = each.binary_cross_entropy(z.data(), y.data(), length);
      CHECK(test::same_bits(std::vector{loss}, std::vector{together}));
    }
  });
}

}  // namespace
}  // namespace nnrun

// What each instruction set does to the elements of an array.
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "math/every_kernel.h"
#include "same_bits.h"

namespace nnrun {
namespace {

using test::normal;
using test::same_bits;

constexpr Scalar kNan = std::numeric_limits<Scalar>::quiet_NaN();
constexpr Scalar kInfinity = std::numeric_limits<Scalar>::infinity();
constexpr Scalar kMost = std::numeric_limits<Scalar>::max();
constexpr Scalar kUntouched = 77;

/// More than four of the widest vectors, and three elements.
constexpr std::size_t kLongest = 4 * 16 + 3;

/// Computes `count` elements from place `from` on into y.
using Elements = std::function<void(std::size_t from, std::size_t count, Scalar* y)>;

/// An element has the same bits at every place of an array of any length, and no other is written.
void check_places(const Elements& compute) {
  std::vector<Scalar> all(kLongest);
  compute(0, kLongest, all.data());
  std::size_t wrong = 0;
  for (std::size_t from = 0; from < kLongest; ++from) {
    for (std::size_t count = 1; from + count <= kLongest; ++count) {
      std::vector<Scalar> y(count + 1, kUntouched);
      compute(from, count, y.data());
      if (y.back() != kUntouched) ++wrong;
      y.pop_back();
      const auto first = all.begin() + static_cast<std::ptrdiff_t>(from);
      if (!same_bits(y, {first, first + static_cast<std::ptrdiff_t>(count)})) ++wrong;
    }
  }
  CHECK_EQ(wrong, 0);
}

TEST_CASE("simd elementwise: an element of a map has the same bits at every place") {
  const auto x = normal(kLongest, "x", 3);
  test::with_every_kernel([&](const Kernels& each) {
    for (const auto map :
         {each.exponential, each.exponential_minus_one, each.softplus_excess,
          each.normal_distribution, each.sigmoid, each.hyperbolic_tangent, each.rectify}) {
      check_places(
          [&](std::size_t from, std::size_t count, Scalar* y) { map(x.data() + from, y, count); });
    }
  });
}

TEST_CASE("simd elementwise: an element of a gradient has the same bits at every place") {
  const auto y = normal(kLongest, "y", 0.5);
  const auto dy = normal(kLongest, "dy");
  test::with_every_kernel([&](const Kernels& each) {
    for (const auto gradient :
         {each.sigmoid_gradient, each.hyperbolic_tangent_gradient, each.rectify_gradient}) {
      check_places([&](std::size_t from, std::size_t count, Scalar* dx) {
        gradient(y.data() + from, dy.data() + from, dx, count);
      });
    }
  });
}

TEST_CASE("simd elementwise: rectify keeps what is above zero and what is not a number") {
  test::with_every_kernel([](const Kernels& each) {
    for (std::size_t length = 1; length <= kLongest; ++length) {
      auto x = normal(length, "x");
      x[length / 2] = kNan;
      std::vector<Scalar> y(length, kUntouched);
      each.rectify(x.data(), y.data(), length);
      for (std::size_t i = 0; i < length; ++i) {
        CHECK((i == length / 2 ? std::isnan(y[i]) : y[i] == std::max(x[i], Scalar{0})));
      }
    }
  });
}

void check_gradient(Kernels::Gradient gradient, double (*factor)(double)) {
  for (const std::size_t length : {1U, 3U, 4U, 8U, 16U, 17U, 67U}) {
    auto y = normal(length, "y", 0.5);
    y[length / 2] = 0;
    const auto dy = normal(length, "dy");
    std::vector<Scalar> dx(length, kNan);
    gradient(y.data(), dy.data(), dx.data(), length);
    std::vector<double> expected;
    for (std::size_t i = 0; i < length; ++i) {
      expected.push_back(static_cast<double>(dy[i]) * factor(static_cast<double>(y[i])));
    }
    test::check_close(dx, expected);
  }
}

TEST_CASE("simd elementwise: the gradients are those of double precision") {
  test::with_every_kernel([](const Kernels& each) {
    check_gradient(each.sigmoid_gradient, [](double y) { return y * (1 - y); });
    check_gradient(each.hyperbolic_tangent_gradient, [](double y) { return 1 - y * y; });
    check_gradient(each.rectify_gradient, [](double y) { return y > 0 ? 1.0 : 0.0; });
  });
}

TEST_CASE("simd elementwise: add_scaled is y + factor x, alike at every place") {
  const auto x = normal(kLongest, "x");
  const auto y = normal(kLongest, "y");
  constexpr Scalar kFactor = -0.3F;
  std::vector<double> expected;
  for (std::size_t i = 0; i < kLongest; ++i) {
    expected.push_back(static_cast<double>(y[i]) +
                       static_cast<double>(kFactor) * static_cast<double>(x[i]));
  }
  test::with_every_kernel([&](const Kernels& each) {
    const Elements compute = [&](std::size_t from, std::size_t count, Scalar* sum) {
      std::copy_n(y.data() + from, count, sum);
      each.add_scaled(x.data() + from, kFactor, sum, count);
    };
    check_places(compute);
    std::vector<Scalar> sum(kLongest);
    compute(0, kLongest, sum.data());
    test::check_close(sum, expected);
  });
}

/// Sizes of a scaled sum; rows of the parts and of y are longer than their columns by some more.
struct Sizes {
  std::size_t parts;
  std::size_t rows;
  std::size_t columns;
  std::size_t part_gap;
  std::size_t y_gap;
};

/// Elements of which only the last row has none behind it.
std::size_t extent(std::size_t rows, std::size_t columns, std::size_t gap) {
  return rows * (columns + gap) - gap;
}

/// Adding first to last and then multiplying leaves one way to round: the bits are those of a loop.
void check_scaled_sum(const Kernels& kernels, const Sizes& s) {
  CAPTURE(s.columns);
  std::vector<std::vector<Scalar>> parts;
  std::vector<const Scalar*> starts;
  for (std::size_t p = 0; p < s.parts; ++p) {
    parts.push_back(normal(extent(s.rows, s.columns, s.part_gap), "part" + std::to_string(p)));
    starts.push_back(parts.back().data());
  }
  const auto factors = normal(s.rows, "factors");
  std::vector<Scalar> expected(extent(s.rows, s.columns, s.y_gap), kUntouched);
  std::vector<Scalar> y = expected;
  for (std::size_t row = 0; row < s.rows; ++row) {
    for (std::size_t k = 0; k < s.columns; ++k) {
      Scalar total = 0;
      for (const auto& part : parts) total += part[row * (s.columns + s.part_gap) + k];
      expected[row * (s.columns + s.y_gap) + k] = total * factors[row];
    }
  }
  kernels.scaled_sum({starts.data(), s.parts, s.columns + s.part_gap, factors.data(), y.data(),
                      s.columns + s.y_gap, s.rows, s.columns});
  CHECK(same_bits(y, expected));
}

TEST_CASE(
    "simd elementwise: scaled_sum has the bits of a plain loop and writes its columns alone") {
  test::with_every_kernel([](const Kernels& each) {
    for (const std::size_t parts : {1U, 2U, 16U}) {
      for (std::size_t columns = 1; columns <= kLongest; ++columns) {
        check_scaled_sum(each, {parts, 1, columns, 0, 0});
        check_scaled_sum(each, {parts, 5, columns, 0, 3});
        check_scaled_sum(each, {parts, 3, columns, 17, 0});
      }
    }
  });
}

TEST_CASE("simd elementwise: add_rows adds first to last, with the bits of a plain loop") {
  test::with_every_kernel([](const Kernels& each) {
    for (const std::size_t rows : {0U, 1U, 2U, 31U}) {
      for (std::size_t columns = 1; columns <= 2 * kLongest; ++columns) {
        const auto x = normal(rows * columns, "x");
        std::vector<Scalar> sums = normal(columns + 1, "sums");
        auto expected = sums;
        for (std::size_t i = 0; i < x.size(); ++i) expected[i % columns] += x[i];
        each.add_rows(x.data(), rows, columns, sums.data());
        CHECK(same_bits(sums, expected));
      }
    }
  });
}

TEST_CASE("simd elementwise: all_finite finds what is not finite at every place") {
  test::with_every_kernel([](const Kernels& each) {
    std::size_t wrong = 0;
    for (std::size_t length = 0; length <= 2 * kLongest; ++length) {
      std::vector<Scalar> x(length, kMost);
      for (std::size_t i = 0; i < length; i += 2) x[i] = -kMost;
      if (!each.all_finite(x.data(), length)) ++wrong;
      for (std::size_t at = 0; at < length; ++at) {
        for (const Scalar odd : {kNan, -kNan, kInfinity, -kInfinity}) {
          const Scalar before = std::exchange(x[at], odd);
          if (each.all_finite(x.data(), length)) ++wrong;
          x[at] = before;
        }
      }
    }
    CHECK_EQ(wrong, 0);
  });
}

}  // namespace
}  // namespace nnrun

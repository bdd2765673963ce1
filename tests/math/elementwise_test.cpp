#include "math/elementwise.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "base/rng.h"
#include "support.h"

namespace nnrun {
namespace {

using test::check_close;
using test::Matrix;

constexpr Scalar kNan = std::numeric_limits<Scalar>::quiet_NaN();
constexpr Scalar kInfinity = std::numeric_limits<Scalar>::infinity();
const std::vector<std::size_t> kLengths = {1, 2, 3, 7, 16, 31, 101};

std::vector<Scalar> draw(std::size_t count, const char* name, double scale = 3) {
  const Stream stream(1, name);
  std::vector<Scalar> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<Scalar>(scale * stream.normal(i));
  return values;
}

using Map = void (*)(std::span<const Scalar>, std::span<Scalar>);
using Gradient = void (*)(std::span<const Scalar>, std::span<const Scalar>, std::span<Scalar>);

void check_map(Map map, double (*expected)(double)) {
  for (const std::size_t length : kLengths) {
    const auto x = draw(length, "x");
    std::vector<Scalar> y(length);
    map(x, y);
    std::vector<double> by_hand;
    for (const Scalar value : x) by_hand.push_back(expected(static_cast<double>(value)));
    check_close(y, by_hand);
  }
}

void check_gradient(Gradient gradient, double (*factor)(double)) {
  for (const std::size_t length : kLengths) {
    const auto y = draw(length, "y", 0.5);
    const auto dy = draw(length, "dy");
    std::vector<Scalar> dx(length, kNan);
    gradient(y, dy, dx);
    std::vector<double> by_hand;
    for (std::size_t i = 0; i < length; ++i) {
      by_hand.push_back(static_cast<double>(dy[i]) * factor(static_cast<double>(y[i])));
    }
    check_close(dx, by_hand);
  }
}

TEST_CASE("elementwise: any function of an element, and of a result and an element") {
  const std::vector<Scalar> x = {1, 2, 3, 4, 5};
  std::vector<Scalar> y(5);
  map(x, y, [](Scalar value) { return 2 * value; });
  check_close(y, {2, 4, 6, 8, 10});
  update(y, x, [](Scalar result, Scalar value) { return result - 3 * value; });
  check_close(y, {-1, -2, -3, -4, -5});
}

TEST_CASE("elementwise: exponentials, what softplus exceeds, and the normal distribution") {
  check_map(exponential, [](double x) { return std::exp(x); });
  check_map(exponential_minus_one, [](double x) { return std::expm1(x); });
  check_map(softplus_excess, [](double x) { return std::log1p(std::exp(-std::abs(x))); });
  check_map(normal_distribution, [](double x) { return std::erfc(-x * std::sqrt(0.5)) / 2; });
}

TEST_CASE("elementwise: sigmoid and its gradient") {
  check_map(sigmoid, [](double x) { return 1 / (1 + std::exp(-x)); });
  check_gradient(sigmoid_gradient, [](double y) { return y * (1 - y); });
}

TEST_CASE("elementwise: hyperbolic tangent and its gradient") {
  check_map(hyperbolic_tangent, [](double x) { return std::tanh(x); });
  check_gradient(hyperbolic_tangent_gradient, [](double y) { return 1 - y * y; });
}

TEST_CASE("elementwise: rectify and its gradient") {
  check_map(rectify, [](double x) { return x > 0 ? x : 0; });
  check_gradient(rectify_gradient, [](double y) { return y > 0 ? 1.0 : 0.0; });
}

TEST_CASE("elementwise: the far ends are reached and never NaN") {
  const std::vector<Scalar> x = {-1e4F, -200, -90, 90, 200, 1e4F, -3e38F, 3e38F};
  std::vector<Scalar> y(x.size());
  sigmoid(x, y);
  check_close(y, {0, 0, 0, 1, 1, 1, 0, 1});
  hyperbolic_tangent(x, y);
  check_close(y, {-1, -1, -1, 1, 1, 1, -1, 1});
  normal_distribution(x, y);
  check_close(y, {0, 0, 0, 1, 1, 1, 0, 1});
  softplus_excess(x, y);
  check_close(y, std::vector<double>(8, 0));
  exponential_minus_one(std::span(x).first(3), y);
  check_close({y[0], y[1], y[2]}, {-1, -1, -1});
}

TEST_CASE("elementwise: NaN stays NaN in every lane") {
  for (const Map map : {exponential, exponential_minus_one, softplus_excess, normal_distribution,
                        sigmoid, hyperbolic_tangent, rectify}) {
    for (std::size_t at = 0; at < 19; ++at) {
      std::vector<Scalar> x(19, 1);
      x[at] = kNan;
      std::vector<Scalar> y(19);
      map(x, y);
      CHECK(std::isnan(y[at]));
      CHECK_EQ(std::count_if(y.begin(), y.end(), [](Scalar v) { return std::isnan(v); }), 1);
    }
  }
}

TEST_CASE("elementwise: the same values have the same bits in any memory that malloc may give") {
  // malloc aligns to 16 bytes and no more: what is done to the first elements must not depend on it.
  constexpr std::size_t kStep = 16 / sizeof(Scalar);
  constexpr std::size_t kLength = 101;
  const auto x = draw(kLength, "x");
  for (const Map map : {sigmoid, hyperbolic_tangent}) {
    std::vector<Scalar> first(kLength);
    map(x, first);
    std::vector<Scalar> memory(kLength + 8 * kStep);
    for (std::size_t shift = 0; shift < 8 * kStep; shift += kStep) {
      const auto moved = std::span(memory).subspan(shift, kLength);
      map(x, moved);
      CHECK(std::equal(first.begin(), first.end(), moved.begin()));
    }
  }
}

TEST_CASE("elementwise: a row of softmax adds up to one") {
  for (const std::size_t columns : {2U, 3U, 10U, 17U}) {
    const Matrix x(5, columns, draw(5 * columns, "x"));
    Matrix y(5, columns);
    softmax_rows(x.view(), y.view());
    std::vector<double> expected;
    for (std::size_t n = 0; n < 5; ++n) {
      double total = 0;
      for (const Scalar value : x.view().row(n)) total += std::exp(static_cast<double>(value));
      for (const Scalar value : x.view().row(n)) {
        expected.push_back(std::exp(static_cast<double>(value)) / total);
      }
    }
    check_close(y.values(), expected);
  }
}

TEST_CASE("elementwise: softmax is stable for any size of its input") {
  const Matrix x(3, 2, {1e4F, -1e4F, 3e38F, 3e38F, -1e4F, -1e4F});
  Matrix y(3, 2);
  softmax_rows(x.view(), y.view());
  check_close(y.values(), {1, 0, 0.5, 0.5, 0.5, 0.5});
}

TEST_CASE("elementwise: NaN and infinity make a row of softmax NaN and no other") {
  const Matrix x(3, 2, {1, kNan, 0, 0, kInfinity, 0});
  Matrix y(3, 2);
  softmax_rows(x.view(), y.view());
  for (const std::size_t n : {0U, 2U}) {
    CHECK(std::any_of(y.view().row(n).begin(), y.view().row(n).end(),
                      [](Scalar value) { return std::isnan(value); }));
  }
  CHECK_EQ(y.view().row(1)[0], Scalar{0.5});
}

TEST_CASE("elementwise: softmax's gradient by hand") {
  // y = (0.2, 0.8), dy = (1, 2): Σ dy y = 1.8, dx = (0.2 · −0.8, 0.8 · 0.2).
  const Matrix y(1, 2, {0.2F, 0.8F});
  const Matrix dy(1, 2, {1, 2});
  Matrix dx(1, 2);
  softmax_rows_gradient(y.view(), dy.view(), dx.view());
  check_close(dx.values(), {-0.16, 0.16});
}

TEST_CASE("elementwise: log softmax is stable for any size of its input") {
  // −log 2 for two equals; a difference of 20000 is kept where its exponential is zero.
  const Matrix x(3, 2, {1e4F, -1e4F, 3e38F, 3e38F, 0, -kInfinity});
  Matrix y(3, 2);
  log_softmax_rows(x.view(), y.view());
  CHECK_EQ(std::exchange(y.values()[5], Scalar{0}), -kInfinity);
  check_close(y.values(), {0, -2e4, -0.6931471805599453, -0.6931471805599453, 0, 0});
}

TEST_CASE("elementwise: log softmax is that of double precision, and a NaN stays in its row") {
  for (const std::size_t columns : {2U, 3U, 10U, 17U, 65U}) {
    CAPTURE(columns);
    Matrix x(5, columns, draw(5 * columns, "x"));
    Matrix y(5, columns);
    log_softmax_rows(x.view(), y.view());
    std::vector<double> expected;
    for (std::size_t n = 0; n < 5; ++n) {
      double total = 0;
      for (const Scalar value : x.view().row(n)) total += std::exp(static_cast<double>(value));
      for (const Scalar value : x.view().row(n)) {
        expected.push_back(static_cast<double>(value) - std::log(total));
      }
    }
    check_close(y.values(), expected);
    x.view().row(2)[columns - 1] = kNan;
    log_softmax_rows(x.view(), y.view());
    for (std::size_t i = 0; i < y.values().size(); ++i) {
      CHECK_EQ(std::isnan(y.values()[i]), i / columns == 2);
    }
  }
}

TEST_CASE("elementwise: log softmax's gradient by hand") {
  // e^y = (1/4, 3/4), dy = (1, 2): Σ dy = 3, dx = (1 − 3/4, 2 − 9/4).
  const Matrix y(1, 2, {-1.3862943611198906F, -0.2876820724517809F});
  const Matrix dy(1, 2, {1, 2});
  Matrix dx(1, 2);
  log_softmax_rows_gradient(y.view(), dy.view(), dx.view());
  check_close(dx.values(), {0.25, -0.25});
}

TEST_CASE("elementwise: rows are filled and added up") {
  const std::vector<Scalar> row = {1, 2, 3};
  Matrix y(2, 3);
  fill_rows(row, y.view());
  check_close(y.values(), {1, 2, 3, 1, 2, 3});
  std::vector<Scalar> sums = {10, 20, 30};
  add_row_sums(y.view(), sums);
  check_close(sums, {12, 24, 36});
}

TEST_CASE("elementwise: descend and add by hand") {
  std::vector<Scalar> x = {1, 2};
  descend(x, Scalar{0.5}, std::vector<Scalar>{4, -2});
  check_close(x, {-1, 3});
  add(x, std::vector<Scalar>{1, 1});
  check_close(x, {0, 4});
}

TEST_CASE("elementwise: all_finite finds one NaN or infinity anywhere") {
  for (const std::size_t length : kLengths) {
    std::vector<Scalar> values(length, std::numeric_limits<Scalar>::max());
    CHECK(all_finite(values));
    for (std::size_t at = 0; at < length; ++at) {
      for (const Scalar odd : {kNan, kInfinity, -kInfinity}) {
        auto changed = values;
        changed[at] = odd;
        CHECK_FALSE(all_finite(changed));
      }
    }
  }
  CHECK(all_finite({}));
}

}  // namespace
}  // namespace nnrun

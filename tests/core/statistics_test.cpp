#include "core/statistics.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace nnrun {

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Half of the interval of n values that have the deviation 1, as t / √n: ±a of (n − 1) / 2 pairs.
double t_quantile(std::size_t n) {
  std::vector<double> values(n, 0);
  const double a = std::sqrt(static_cast<double>(n - 1) / static_cast<double>(n - n % 2));
  for (std::size_t i = 0; i + 1 < n; i += 2) {
    values[i] = a;
    values[i + 1] = -a;
  }
  const Statistics statistics = statistics_of(values);
  REQUIRE_EQ(statistics.deviation(), doctest::Approx(1));
  return statistics.interval().value().high * std::sqrt(static_cast<double>(n));
}

doctest::Approx near(double value, double tolerance) {
  return doctest::Approx(value).epsilon(tolerance);
}

}  // namespace

TEST_CASE("statistics: mean and deviation of a sample, by hand") {
  // Mean 5; squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, over 7.
  const Statistics found = statistics_of({2, 4, 4, 4, 5, 5, 7, 9});
  CHECK_EQ(found.count(), 8);
  CHECK_EQ(found.mean(), doctest::Approx(5));
  CHECK_EQ(found.deviation(), doctest::Approx(std::sqrt(32.0 / 7)));
}

TEST_CASE("statistics: quantiles are those of a t table") {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, the column 0.975.
  CHECK_EQ(t_quantile(2), near(12.706, 1e-4));
  CHECK_EQ(t_quantile(3), near(4.303, 1e-4));
  CHECK_EQ(t_quantile(5), near(2.776, 2e-4));
  CHECK_EQ(t_quantile(10), near(2.262, 2e-4));
  CHECK_EQ(t_quantile(31), near(2.042, 2e-4));
  CHECK_EQ(t_quantile(101), near(1.984, 2e-4));
}

TEST_CASE("statistics: the interval lies around the mean") {
  // Mean 2, deviation 1, t 4.3027 / √3 = 2.4841.
  const auto interval = statistics_of({1, 2, 3}).interval();
  REQUIRE(interval);
  CHECK_EQ(interval->low, near(2 - 2.4841, 1e-4));
  CHECK_EQ(interval->high, near(2 + 2.4841, 1e-4));
}

TEST_CASE("statistics: of one value there is a mean alone, of none nothing") {
  const Statistics one = statistics_of({0.3});
  CHECK_EQ(one.mean(), 0.3);
  CHECK(std::isnan(one.deviation()));
  CHECK_FALSE(one.interval());
  const Statistics none = statistics_of({});
  CHECK(std::isnan(none.mean()));
  CHECK(std::isnan(none.deviation()));
  CHECK_FALSE(none.interval());
}

TEST_CASE("statistics: what is not finite is passed over") {
  const Statistics found = statistics_of({kNan, 1, kInfinity, 3, -kInfinity});
  CHECK_EQ(found.count(), 2);
  CHECK_EQ(found.mean(), 2);
  CHECK_EQ(found.deviation(), std::sqrt(2.0));
}

TEST_CASE("statistics: equal values have no deviation, and large ones keep their digits") {
  // A sum of ten times 0.1 is not 1.
  const Statistics same = statistics_of(std::vector<double>(10, 0.1));
  CHECK_EQ(same.mean(), 0.1);
  CHECK_EQ(same.deviation(), 0);
  CHECK_EQ(same.interval()->low, 0.1);
  CHECK_EQ(same.interval()->high, 0.1);
  CHECK_EQ(statistics_of({1e9 + 1, 1e9 + 2, 1e9 + 3}).deviation(), doctest::Approx(1));
}

TEST_CASE("statistics: the paired t test of Student's own example") {
  // Hours of sleep that one drug gained over another, ten patients: Student 1908, table I. m = 1.58, s = 1.23,
  // t = 4.0621 with 9 degrees of freedom, p = 0.00283 two-sided.
  const auto test = paired_t_test({1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4});
  REQUIRE(test);
  CHECK_EQ(test->pairs, 10);
  CHECK_EQ(test->mean, doctest::Approx(1.58));
  CHECK_EQ(test->t, near(4.0621, 1e-4));
  CHECK_EQ(test->p, near(0.002833, 1e-3));
  const auto turned = paired_t_test({-1.2, -2.4, -1.3, -1.3, 0.0, -1.0, -1.8, -0.8, -4.6, -1.4});
  CHECK_EQ(turned->t, -test->t);
  CHECK_EQ(turned->p, test->p);
}

TEST_CASE("statistics: p is a tail of Cauchy's distribution for two pairs") {
  // d = 1 and 3: m 2, s √2, t 2. With one degree of freedom p = 1 − 2 atan(t) / π.
  const auto test = paired_t_test({1, 3});
  REQUIRE(test);
  CHECK_EQ(test->t, doctest::Approx(2));
  CHECK_EQ(test->p, near(1 - 2 * std::atan(2.0) / std::acos(-1.0), 1e-12));
}

TEST_CASE("statistics: differences without a spread say all or nothing") {
  CHECK_EQ(paired_t_test({0, 0, 0})->p, 1);
  CHECK_EQ(paired_t_test({0, 0, 0})->t, 0);
  CHECK_EQ(paired_t_test({0.1, 0.1, 0.1})->p, 0);
  CHECK_EQ(paired_t_test({-0.1, -0.1})->p, 0);
  CHECK_EQ(paired_t_test({-1, 1})->p, 1);
}

TEST_CASE("statistics: fewer than two pairs cannot be tested") {
  CHECK_FALSE(paired_t_test({}));
  CHECK_FALSE(paired_t_test({1}));
  CHECK_FALSE(paired_t_test({1, kNan, kInfinity}));
}

TEST_CASE("statistics: Holm's correction, by hand") {
  // In order 0.005, 0.01, 0.03, 0.04: times 4, 3, 2, 1 it is 0.02, 0.03, 0.06, 0.04; the last is no less than 0.06.
  const auto corrected = holm({0.01, 0.04, 0.03, 0.005});
  REQUIRE_EQ(corrected.size(), 4);
  CHECK_EQ(corrected[0], doctest::Approx(0.03));
  CHECK_EQ(corrected[1], doctest::Approx(0.06));
  CHECK_EQ(corrected[2], doctest::Approx(0.06));
  CHECK_EQ(corrected[3], doctest::Approx(0.02));
  CHECK_EQ(holm({0.6, 0.9}), std::vector<double>{1, 1});
  CHECK_EQ(holm({0.2}), std::vector<double>{0.2});
  CHECK(holm({}).empty());
}

}  // namespace nnrun

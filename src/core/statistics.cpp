#include "core/statistics.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>

namespace nnrun {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// In double as everything is: long double is another type on each machine.
using Student = boost::math::students_t_distribution<
    double, boost::math::policies::policy<boost::math::policies::promote_double<false>>>;

Student student(std::size_t values) { return Student(static_cast<double>(values - 1)); }

double two_sided(double t, std::size_t values) {
  if (t == 0) return 1;
  if (std::isinf(t)) return 0;
  return 2 * boost::math::cdf(boost::math::complement(student(values), std::abs(t)));
}

}  // namespace

void Statistics::add(double value) {
  if (!std::isfinite(value)) return;
  ++count_;
  const double before = value - mean_;
  mean_ += before / static_cast<double>(count_);
  squares_ += before * (value - mean_);
}

double Statistics::mean() const { return count_ > 0 ? mean_ : kUnknown; }

double Statistics::deviation() const {
  return count_ > 1 ? std::sqrt(squares_ / static_cast<double>(count_ - 1)) : kUnknown;
}

std::optional<Interval> Statistics::interval() const {
  if (count_ < 2) return std::nullopt;
  constexpr double kUpper = 0.975;
  const double t = boost::math::quantile(student(count_), kUpper);
  const double half = t * deviation() / std::sqrt(static_cast<double>(count_));
  return Interval{mean_ - half, mean_ + half};
}

Statistics statistics_of(const std::vector<double>& values) {
  Statistics statistics;
  for (const double value : values) statistics.add(value);
  return statistics;
}

std::optional<PairedTest> paired_t_test(const std::vector<double>& differences) {
  const Statistics statistics = statistics_of(differences);
  if (statistics.count() < 2) return std::nullopt;
  PairedTest test;
  test.pairs = statistics.count();
  test.mean = statistics.mean();
  const double root = std::sqrt(static_cast<double>(test.pairs));
  // 0 / 0 would be NaN; any other mean over 0 is as far out as can be.
  if (test.mean != 0) test.t = test.mean * root / statistics.deviation();
  test.p = two_sided(test.t, test.pairs);
  return test;
}

std::vector<double> holm(const std::vector<double>& p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  std::vector<double> corrected(p.size());
  double most = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    most = std::max(most, std::min(1.0, static_cast<double>(p.size() - i) * p[order[i]]));
    corrected[order[i]] = most;
  }
  return corrected;
}

}  // namespace nnrun

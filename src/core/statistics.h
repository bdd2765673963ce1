// What repeated measurements say: their mean, how far it can be trusted, and whether two of them differ.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace nnrun {

/// The ends of an interval.
struct Interval {
  double low = 0;
  double high = 0;
};

/// n values x, taken in one after the other. What is not finite is passed over.
///   mean       m = Σ x / n
///   deviation  s = √(Σ (x − m)² / (n − 1)), the standard deviation of a sample
///   interval   m ± t s / √n, t the 0.975 quantile of Student's distribution with n − 1 degrees of freedom: in 95 of
///              100 samples of a normal distribution it holds that distribution's mean
/// Source: Student 1908, The probable error of a mean; Welford 1962, whose sums lose no digits where values are
/// nearly the same: of equal values m is that value and s is 0, exactly.
class Statistics {
 public:
  void add(double value);

  std::size_t count() const { return count_; }
  double mean() const;                       ///< NaN for n = 0
  double deviation() const;                  ///< NaN for n < 2
  std::optional<Interval> interval() const;  ///< none for n < 2

 private:
  std::size_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;  ///< Σ (x − m)²
};

/// Of all of these values.
Statistics statistics_of(const std::vector<double>& values);

/// Student's t for pairs: whether the mean m of their n differences d, with deviation s, could be 0.
struct PairedTest {
  std::size_t pairs = 0;
  double mean = 0;  ///< m
  double t = 0;     ///< m √n / s
  double p = 1;     ///< P(|T| ≥ |t|), T of Student's distribution with n − 1 degrees of freedom
};

/// The paired t test, two-sided, of the differences of each pair; those that are not finite are passed over. Where all
/// of them are the same there is no s to judge by: p is 1 when that is 0, else 0. Nothing of n < 2 pairs.
std::optional<PairedTest> paired_t_test(const std::vector<double>& differences);

/// The p values of several tests, so that below 0.05 is, by chance alone, one of all of them in 20 cases at most:
///   p'(i) = max over j ≤ i of min(1, (m − j + 1) p(j)),  p(1) ≤ … ≤ p(m)
/// In the order in which they were given. Source: Holm 1979, A simple sequentially rejective multiple test procedure.
std::vector<double> holm(const std::vector<double>& p);

}  // namespace nnrun

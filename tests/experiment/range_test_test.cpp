#include "experiment/range_test.h"

#include <cmath>

#include "support.h"

namespace nnrun {

using namespace test;

namespace {

/// Steps at rates 1, 10, 100, …; smoothed as they are.
RangeTest of(const std::vector<double>& losses) {
  RangeTest test;
  double rate = 1;
  for (const double loss : losses) {
    test.steps.push_back({rate, loss, loss});
    rate *= 10;
  }
  return test;
}

TEST_CASE("range test: steepest where the loss falls most from the step before to the step after") {
  // 4 − 3.5, 3.9 − 2, 3.5 − 1, 2 − 5
  const RangeTest test = of({4, 3.9, 3.5, 2, 1, 5});
  CHECK_EQ(test.least(), 4);
  CHECK_EQ(test.steepest(), 3);
  CHECK_FALSE(of({1, 2, 3}).steepest().has_value());
  CHECK_FALSE(of({1}).steepest().has_value());
}

TEST_CASE("range test: a smoothed line is that line, and noise about it is less") {
  std::vector<RangeStep> line;
  std::vector<RangeStep> noisy;
  for (int i = 0; i < 100; ++i) {
    line.push_back({1, 5, 0});
    noisy.push_back({1, 5 + (i % 2 == 0 ? 1.0 : -1.0), 0});
  }
  smooth(line, 100);
  smooth(noisy, 100);
  for (int i = 0; i < 100; ++i) {
    CHECK_EQ(line[static_cast<std::size_t>(i)].smoothed, doctest::Approx(5));
  }
  CHECK_LT(std::abs(noisy[50].smoothed - 5), 0.1);
}

TEST_CASE("range test: smoothing does not move a minimum") {
  std::vector<RangeStep> steps;
  for (int i = 0; i < 100; ++i) steps.push_back({1, std::abs(i - 50.0), 0});
  smooth(steps, 100);
  RangeTest test{steps, false};
  CHECK_EQ(test.least(), 50);
}

}  // namespace
}  // namespace nnrun

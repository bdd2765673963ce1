#include "report/ticks.h"

#include "support.h"

namespace nnrun {
namespace {

using namespace test;

TEST_CASE("ticks: powers of ten, and no more than fit") {
  using Ticks = std::vector<double>;
  CHECK_EQ(logarithmic_ticks({0.005, 20}), Ticks{0.01, 0.1, 1, 10});
  CHECK_EQ(logarithmic_ticks({1e-5, 1e11}), Ticks{1e-5, 1e-2, 10, 1e4, 1e7, 1e10});
  CHECK_EQ(logarithmic_ticks({1e-100, 1e100}).size(), 8);
}

TEST_CASE("ticks: an axis of few decades or of less than one has numbers too") {
  using Ticks = std::vector<double>;
  CHECK_EQ(logarithmic_ticks({0.03, 3}), Ticks{0.05, 0.1, 0.2, 0.5, 1, 2});
  CHECK_EQ(logarithmic_ticks({2.268, 2.304}), Ticks{2.27, 2.28, 2.29, 2.3});
  CHECK_EQ(logarithmic_ticks({0.9, 1}), Ticks{0.9, 0.92, 0.94, 0.96, 0.98, 1});
  CHECK_EQ(logarithmic_ticks({1.5, 6}), Ticks{2, 3, 4, 5, 6});
}

}  // namespace
}  // namespace nnrun

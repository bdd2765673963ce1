#include <cmath>

#include "layers/activation.h"

namespace nnrun {
namespace {

using test::contains;
using test::mistakes_in;

constexpr Scalar kLn2 = 0.6931471805599453F;

TEST_CASE("elu: values and gradient by hand") {
  // e^(−ln 2) = 1/2: y = 4 · (1/2 − 1), dx = dy · 4 · 1/2. At zero the lower branch's gradient holds.
  test::check_values({"elu: {alpha: 4}", {0, 3, -kLn2}, {0, 3, -2}, {1, 2, -16}, {4, 2, -32}});
}

TEST_CASE("elu: alpha is 1 unless told") {
  test::check_values({"elu", {3, -kLn2, -1e4F}, {3, -0.5, -1}, {1, 1, 1}, {1, 0.5, 0}});
  CHECK_EQ(test::read_from<Layer>("elu").resolved, "{elu: {alpha: 1}}");
}

TEST_CASE("elu: values near zero and gradients far from it keep their digits") {
  test::check_small_values(
      *test::make_from<Layer>("elu"), {-1e-30F, -1e-7F, -1e-3F, -0.3F, -10, -40, -80, 1e-9F, 5},
      [](double x) { return x > 0 ? x : std::expm1(x); },
      [](double x) { return x > 0 ? 1 : std::exp(x); });
}

TEST_CASE("elu: alpha must be above zero, and a number that single precision holds") {
  for (const char* value : {"0", "-1", "1e+39"}) {
    CHECK_EQ(
        mistakes_in<Layer>("elu: {alpha: " + std::string(value) + "}"),
        "test:1:14: elu.alpha: expected a real number > 0 and ≤ 1e+06, got " + std::string(value));
  }
  CHECK(contains(mistakes_in<Layer>("elu: {alph: 1}"), "did you mean 'alpha'?"));
}

}  // namespace
}  // namespace nnrun

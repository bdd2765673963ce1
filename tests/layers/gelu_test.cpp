#include <cmath>
#include <numbers>

#include "layers/activation.h"

namespace nnrun {
namespace {

constexpr Scalar kInfinity = std::numeric_limits<Scalar>::infinity();

double below(double x) { return std::erfc(-x / std::numbers::sqrt2) / 2; }
double density(double x) {
  return std::exp(-x * x / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

TEST_CASE("gelu: values and gradient by hand") {
  // Φ(1) = 0.8413447461 and φ(1) = 0.2419707245, from tables; Φ(−1) = 1 − Φ(1).
  test::check_activation({"gelu",
                          {0, 1, -1},
                          {0, 0.8413447461, -0.1586552539},
                          {1, 2, -10},
                          {0.5, 2 * 1.0833154706, 10 * 0.0833154706}});
}

TEST_CASE("gelu: it is the exact one, not the approximation by tanh") {
  // At 2 the approximation gives 1.95459769.
  const auto y = test::forward(*test::make_from<Layer>("gelu"), test::Matrix(1, 1, {2}));
  CHECK(static_cast<double>(y[0]) == doctest::Approx(1.9544997361).epsilon(1e-6));
}

TEST_CASE("gelu: values near zero and far below it keep their digits") {
  test::check_small_values(
      *test::make_from<Layer>("gelu"),
      {-1e-30F, -1e-7F, -1e-3F, 1e-3F, 1e-9F, 0.4F, 3, 5, 9, -0.4F, -3, -5},
      [](double x) { return x * below(x); }, [](double x) { return below(x) + x * density(x); });
  const auto y = test::forward(*test::make_from<Layer>("gelu"), test::Matrix(1, 2, {-9, -12}));
  CHECK(static_cast<double>(y[0]) == doctest::Approx(-9 * below(-9)).epsilon(1e-6).scale(0));
  CHECK(static_cast<double>(y[1]) == doctest::Approx(-12 * below(-12)).epsilon(1e-6).scale(0));
}

TEST_CASE("gelu: at infinity it is what it comes to") {
  const auto gelu = test::make_from<Layer>("gelu");
  const test::Matrix x(1, 2, {-kInfinity, kInfinity});
  CHECK(test::forward(*gelu, x) == std::vector<Scalar>{0, kInfinity});
  CHECK(test::backward(*gelu, x, test::Matrix(1, 2, {1, 1})).dx == std::vector<Scalar>{0, 1});
}

}  // namespace
}  // namespace nnrun

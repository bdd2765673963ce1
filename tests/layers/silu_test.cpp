#include <cmath>

#include "layers/activation.h"

namespace nnrun {
namespace {

constexpr Scalar kInfinity = std::numeric_limits<Scalar>::infinity();

TEST_CASE("silu: values and gradient by hand") {
  constexpr Scalar kLn3 = 1.0986122886681098F;
  constexpr double kL = 1.0986122886681098;
  // σ(ln 3) = 3/4 and σ(−ln 3) = 1/4: y = 3/4 ln 3 and −1/4 ln 3,
  // f' = 3/4 (1 + 1/4 ln 3) and 1/4 (1 − 3/4 ln 3); f'(0) = 1/2.
  test::check_activation({"silu",
                          {0, kLn3, -kLn3},
                          {0, 0.75 * kL, -0.25 * kL},
                          {1, 4, -16},
                          {0.5, 3 + 0.75 * kL, -4 + 3 * kL}});
}

TEST_CASE("silu: values near zero and far below it keep their digits") {
  test::check_small_values(
      *test::make_from<Layer>("silu"),
      {-1e-30F, -1e-7F, -1e-3F, 1e-3F, 1e-9F, 5, 12, 40, -5, -20, -40, -80},
      [](double x) { return x / (1 + std::exp(-x)); },
      [](double x) {
        const double s = 1 / (1 + std::exp(-x));
        return s * (1 + x / (1 + std::exp(x)));
      });
}

TEST_CASE("silu: at infinity it is what it comes to") {
  const auto silu = test::make_from<Layer>("silu");
  const test::Matrix x(1, 2, {-kInfinity, kInfinity});
  CHECK(test::forward(*silu, x) == std::vector<Scalar>{0, kInfinity});
  CHECK(test::backward(*silu, x, test::Matrix(1, 2, {1, 1})).dx == std::vector<Scalar>{0, 1});
}

}  // namespace
}  // namespace nnrun

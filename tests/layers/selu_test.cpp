#include <cmath>

#include "base/rng.h"
#include "layers/activation.h"

namespace nnrun {
namespace {

constexpr double kAlpha = 1.6732632423543772;
constexpr double kLambda = 1.0507009873554805;

TEST_CASE("selu: values and gradient by hand") {
  constexpr Scalar kLn2 = 0.6931471805599453F;
  // e^(−ln 2) = 1/2: y = −λ α / 2, dx = dy λ α / 2; far below zero y = −λ α.
  test::check_activation({"selu",
                          {0, 2, -kLn2, -1e4F},
                          {0, 2 * kLambda, -kLambda * kAlpha / 2, -kLambda * kAlpha},
                          {1, 2, 4, 1},
                          {kLambda * kAlpha, 2 * kLambda, 2 * kLambda * kAlpha, 0}});
}

TEST_CASE("selu: values near zero and gradients far from it keep their digits") {
  test::check_small_values(
      *test::make_from<Layer>("selu"), {-1e-30F, -1e-7F, -1e-3F, -0.3F, -10, -80, 1e-9F, 5},
      [](double x) { return kLambda * (x > 0 ? x : kAlpha * std::expm1(x)); },
      [](double x) { return kLambda * (x > 0 ? 1 : kAlpha * std::exp(x)); });
}

TEST_CASE("selu: of numbers of mean 0 and variance 1 it makes such numbers") {
  constexpr std::size_t kCount = 200000;
  const Stream stream(1, "x");
  test::Matrix x(1, kCount);
  for (std::size_t i = 0; i < kCount; ++i) x.values()[i] = static_cast<Scalar>(stream.normal(i));
  double sum = 0;
  double squares = 0;
  for (const Scalar value : test::forward(*test::make_from<Layer>("selu"), x)) {
    sum += static_cast<double>(value);
    squares += static_cast<double>(value * value);
  }
  CHECK(std::abs(sum / kCount) < 0.01);
  CHECK(std::abs(squares / kCount - 1) < 0.01);
}

}  // namespace
}  // namespace nnrun

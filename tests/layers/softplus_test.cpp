#include <cmath>

#include "layers/activation.h"

namespace nnrun {
namespace {

using test::mistakes_in;

TEST_CASE("softplus: values and gradient by hand") {
  constexpr Scalar kLn3 = 1.0986122886681098F;
  // With beta 2, y(0) = log 2 / 2, y(ln 3 / 2) = log(1 + 3) / 2, y(−ln 3 / 2) = log(4/3) / 2, and the
  // slopes are σ(0) = 1/2, σ(ln 3) = 3/4 and σ(−ln 3) = 1/4.
  test::check_values({"softplus: {beta: 2}",
                      {0, kLn3 / 2, -kLn3 / 2},
                      {std::log(2.0) / 2, std::log(4.0) / 2, std::log(4.0 / 3) / 2},
                      {1, 4, -16},
                      {0.5, 3, -4}});
}

TEST_CASE("softplus: beta is 1 unless told") {
  test::check_values({"softplus", {0, 50}, {std::log(2.0), 50}, {1, 1}, {0.5, 1}});
  CHECK_EQ(test::read_from<Layer>("softplus").resolved, "{softplus: {beta: 1}}");
}

TEST_CASE("softplus: values far below zero keep their digits, and there is no threshold") {
  test::check_small_values(
      *test::make_from<Layer>("softplus"), {-80, -40, -20, -10, -1, -1e-9F, 1e-3F, 15, 21, 1e4F},
      [](double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); },
      [](double x) { return 1 / (1 + std::exp(-x)); });
}

TEST_CASE("softplus: neither beta times x nor its exponential need be a number") {
  test::check_values({"softplus: {beta: 1000000}",
                      {3e38F, -3e38F, 2, -2},
                      {static_cast<double>(3e38F), 0, 2, 0},
                      {1, 1, 1, 1},
                      {1, 0, 1, 0}});
}

TEST_CASE("softplus: beta must be of a usable size") {
  for (const char* value : {"0", "-1", "1e-07", "1e+07"}) {
    CHECK_EQ(mistakes_in<Layer>("softplus: {beta: " + std::string(value) + "}"),
             "test:1:18: softplus.beta: expected a real number ≥ 1e-06 and ≤ 1e+06, got " +
                 std::string(value));
  }
  CHECK(test::contains(mistakes_in<Layer>("softplus: {bata: 1}"), "did you mean 'beta'?"));
}

}  // namespace
}  // namespace nnrun

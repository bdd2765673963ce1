#include "layers/activation.h"

namespace nnrun {
namespace {

using test::mistakes_in;

TEST_CASE("leaky_relu: slope applies below zero, and at zero to the gradient") {
  test::check_values(
      {"leaky_relu: {slope: 0.25}", {0, 2.5F, -3}, {0, 2.5, -0.75}, {1, 2, -16}, {0.25, 2, -4}});
}

TEST_CASE("leaky_relu: the slope is 0.01 unless told") {
  test::check_values({"leaky_relu", {3, -3}, {3, -0.03}, {1, 1}, {1, 0.01}});
  CHECK_EQ(test::read_from<Layer>("leaky_relu").resolved, "{leaky_relu: {slope: 0.01}}");
}

TEST_CASE("leaky_relu: the slope must be above zero, and a number that single precision holds") {
  for (const char* value : {"0", "-1", "1e+39"}) {
    const auto text = "leaky_relu: {slope: " + std::string(value) + "}";
    CHECK_EQ(mistakes_in<Layer>(text),
             "test:1:21: leaky_relu.slope: expected a real number > 0 and ≤ 1e+06, got " +
                 std::string(value));
  }
  CHECK(test::contains(mistakes_in<Layer>("leaky_relu: {slop: 1}"), "did you mean 'slope'?"));
}

}  // namespace
}  // namespace nnrun

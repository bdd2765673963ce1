#include "layers/activation.h"

namespace nnrun {

TEST_CASE("sigmoid: values and gradient by hand") {
  constexpr Scalar kLn3 = 1.0986122886681098F;
  // y(0) = 1/2, y(ln 3) = 1 / (1 + 1/3) = 3/4, y(-ln 3) = 1/4.
  // y (1 - y) is 1/4, 3/16 and 3/16, times dy = (1, 2, -16).
  test::check_activation(
      {"sigmoid", {0, kLn3, -kLn3}, {0.5, 0.75, 0.25}, {1, 2, -16}, {0.25, 0.375, -3}});
}

}  // namespace nnrun

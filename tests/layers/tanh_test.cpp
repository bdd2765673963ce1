#include "layers/activation.h"

namespace nnrun {

TEST_CASE("tanh: values and gradient by hand") {
  constexpr Scalar kLn2 = 0.6931471805599453F;
  // tanh(ln 2) = (2 - 1/2) / (2 + 1/2) = 0.6; 1 - y² is 1, 0.64 and 0.64, times dy = (1, 2, -16).
  test::check_activation(
      {"tanh", {0, kLn2, -kLn2}, {0, 0.6, -0.6}, {1, 2, -16}, {1, 1.28, -10.24}});
}

}  // namespace nnrun

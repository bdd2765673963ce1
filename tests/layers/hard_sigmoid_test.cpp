#include "layers/activation.h"

namespace nnrun {

TEST_CASE("hard_sigmoid: values and gradient by hand") {
  // (x + 3) / 6 between −3 and 3; at both corners and beyond them no gradient goes through.
  test::check_activation({"hard_sigmoid",
                          {0, 1.5F, -1.5F, 3, -3, 4, -4},
                          {0.5, 0.75, 0.25, 1, 0, 1, 0},
                          {6, 12, -3, 1, 1, 1, 1},
                          {1, 2, -0.5, 0, 0, 0, 0}});
}

}  // namespace nnrun

#include "layers/activation.h"

namespace nnrun {

TEST_CASE("identity: values and gradient are what comes in") {
  test::check_activation({"identity", {0, 2.5F, -3}, {0, 2.5, -3}, {1, 2, -16}, {1, 2, -16}});
}

}  // namespace nnrun

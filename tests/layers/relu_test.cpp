#include "layers/activation.h"

namespace nnrun {

TEST_CASE("relu: values and gradient by hand") {
  // Zero itself stays zero, and its gradient is zero too; dy goes through where x > 0.
  test::check_activation({"relu", {0, 2.5F, -3}, {0, 2.5, 0}, {1, 2, -16}, {0, 2, 0}});
}

}  // namespace nnrun

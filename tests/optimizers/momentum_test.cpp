#include "optimizers/steps.h"

namespace nnrun {

TEST_CASE("momentum: two steps by hand") {
  // v = 2, then 0.5 · 2 + 4 = 5; w = 1 − 0.1 · 2 − 0.1 · 5.
  test::check_close(test::path("momentum: {momentum: 0.5}", 0.1, 1, {2, 4}), {0.8, 0.3});
}

TEST_CASE("momentum: a parameter whose gradient is always 0 stays") {
  test::check_rests_without_gradient("momentum");
}

TEST_CASE("momentum: slices of any size give the same bits") { test::check_slices("momentum"); }

TEST_CASE("momentum: options have their bounds") {
  test::check_share("momentum", "momentum");
  test::check_regularisation("momentum");
}

}  // namespace nnrun

#include "optimizers/steps.h"

namespace nnrun {

TEST_CASE("nesterov: two steps by hand") {
  // v = 2, then 0.5 · 2 + 4 = 5; the steps are 0.1 · (2 + 0.5 · 2) and 0.1 · (4 + 0.5 · 5).
  test::check_close(test::path("nesterov: {momentum: 0.5}", 0.1, 1, {2, 4}), {0.7, 0.05});
}

TEST_CASE("nesterov: a parameter whose gradient is always 0 stays") {
  test::check_rests_without_gradient("nesterov");
}

TEST_CASE("nesterov: slices of any size give the same bits") { test::check_slices("nesterov"); }

TEST_CASE("nesterov: options have their bounds") {
  test::check_share("nesterov", "momentum");
  test::check_regularisation("nesterov");
}

}  // namespace nnrun

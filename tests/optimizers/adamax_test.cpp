#include "optimizers/steps.h"

namespace nnrun {

TEST_CASE("adamax: three steps by hand") {
  // m / (1 − 0.5ᵗ): 4, then 4/3 (m = 1), then (m = 4.5) 36/7; u: 4 + 1, then 0.5 · 5, then 8 + 1.
  test::check_close(test::path("adamax: {beta1: 0.5, beta2: 0.5, epsilon: 1}", 0.75, 1, {4, 0, 8}),
                    {0.4, 0, -3.0 / 7});
}

TEST_CASE("adamax: a parameter whose gradient is always 0 stays") {
  test::check_rests_without_gradient("adamax");
}

TEST_CASE("adamax: slices of any size give the same bits") { test::check_slices("adamax"); }

TEST_CASE("adamax: options have their bounds") {
  test::check_share("adamax", "beta1");
  test::check_share("adamax", "beta2");
  test::check_positive("adamax", "epsilon");
  test::check_regularisation("adamax");
}

}  // namespace nnrun

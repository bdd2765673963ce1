#include "optimizers/steps.h"

namespace nnrun {

TEST_CASE("adamw: two steps by hand, which are those of adam") {
  // The means with their corrections are 2 and 4 at first; then m = 0.5 · 1 + 0.5 · 6 = 3.5, / 0.75,
  // and v = 0.75 · 1 + 0.25 · 36 = 9.75, / 0.4375.
  test::check_close(test::path("adamw: {beta1: 0.5, beta2: 0.75, epsilon: 1}", 0.5, 1, {2, 6}),
                    {2.0 / 3, 2.0 / 3 - 0.5 * 3.5 / 0.75 / (std::sqrt(9.75 / 0.4375) + 1)});
}

TEST_CASE("adamw: a parameter whose gradient is always 0 stays") {
  test::check_rests_without_gradient("adamw");
}

TEST_CASE("adamw: slices of any size give the same bits") { test::check_slices("adamw"); }

TEST_CASE("adamw: options have their bounds") {
  test::check_share("adamw", "beta1");
  test::check_share("adamw", "beta2");
  test::check_positive("adamw", "epsilon");
  test::check_regularisation("adamw", 0.01);
}

}  // namespace nnrun

#include "optimizers/steps.h"

namespace nnrun {

TEST_CASE("adagrad: two steps by hand") {
  // √v = 3, then √(9 + 16) = 5; the steps are 0.5 · 3 / (3 + 1) and 0.5 · 4 / (5 + 1).
  test::check_close(test::path("adagrad: {epsilon: 1}", 0.5, 1, {3, 4}), {0.625, 0.625 - 1.0 / 3});
}

TEST_CASE("adagrad: a parameter whose gradient is always 0 stays") {
  test::check_rests_without_gradient("adagrad");
}

TEST_CASE("adagrad: slices of any size give the same bits") { test::check_slices("adagrad"); }

TEST_CASE("adagrad: options have their bounds") {
  test::check_positive("adagrad", "epsilon");
  test::check_regularisation("adagrad");
}

}  // namespace nnrun

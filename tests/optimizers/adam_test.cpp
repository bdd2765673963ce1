#include "optimizers/steps.h"

namespace nnrun {

TEST_CASE("adam: two steps by hand") {
  // The means with their corrections are 2 and 4 at first; then m = 0.5 · 1 + 0.5 · 6 = 3.5, / 0.75,
  // and v = 0.75 · 1 + 0.25 · 36 = 9.75, / 0.4375.
  test::check_close(test::path("adam: {beta1: 0.5, beta2: 0.75, epsilon: 1}", 0.5, 1, {2, 6}),
                    {2.0 / 3, 2.0 / 3 - 0.5 * 3.5 / 0.75 / (std::sqrt(9.75 / 0.4375) + 1)});
}

TEST_CASE("adam: the first step is as large as the rate, however large the gradient") {
  test::check_close(test::path("adam", 0.25, 1, {1000}), {0.75});
  test::check_close(test::path("adam", 0.25, 1, {-0.001F}), {1.25}, 1e-5);
}

TEST_CASE("adam: a parameter whose gradient is always 0 stays") {
  test::check_rests_without_gradient("adam");
}

TEST_CASE("adam: slices of any size give the same bits") { test::check_slices("adam"); }

TEST_CASE("adam: options have their bounds") {
  test::check_share("adam", "beta1");
  test::check_share("adam", "beta2");
  test::check_positive("adam", "epsilon");
  test::check_regularisation("adam");
}

}  // namespace nnrun

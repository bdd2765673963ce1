#include "optimizers/steps.h"

namespace nnrun {

TEST_CASE("nadam: two steps by hand") {
  // With momentum_decay 0 every μ is 0.5 / 2. At first m = 1 and √(v/…) = 2: the step is
  // (0.25 / (1 − 1/16) · 1 + 0.75 / (1 − 1/4) · 2) / (2 + 1); then m = 3.5, and v/… = 9.75 / 0.4375:
  // (0.25 / (1 − 1/64) · 3.5 + 0.75 / (1 − 1/16) · 6) / (√… + 1).
  test::check_close(test::path("nadam: {beta1: 0.5, beta2: 0.75, epsilon: 1, momentum_decay: 0}",
                               0.75, 1, {2, 6}),
                    {1 - 0.75 * (4.0 / 15 + 2) / 3,
                     1 - 0.75 * (4.0 / 15 + 2) / 3 -
                         0.75 * (3.5 * 16 / 63 + 4.8) / (std::sqrt(9.75 / 0.4375) + 1)});
}

TEST_CASE("nadam: the momentum rises") {
  // momentum_decay so large that every μ is beta1 = 0.5: (0.5 / 0.75 · 1 + 0.5 / 0.5 · 2) / 3.
  const auto w =
      test::path("nadam: {beta1: 0.5, beta2: 0.75, epsilon: 1, momentum_decay: 1e6}", 0.75, 1, {2});
  test::check_close(w, {1 - 0.75 * (2.0 / 3 + 2) / 3});
}

TEST_CASE("nadam: a parameter whose gradient is always 0 stays") {
  test::check_rests_without_gradient("nadam");
}

TEST_CASE("nadam: slices of any size give the same bits") { test::check_slices("nadam"); }

TEST_CASE("nadam: options have their bounds") {
  test::check_share("nadam", "beta1");
  test::check_share("nadam", "beta2");
  test::check_positive("nadam", "epsilon");
  CHECK(test::contains(test::mistake_of("nadam", "momentum_decay", "-1"),
                       "expected a real number ≥ 0"));
  test::check_regularisation("nadam");
}

}  // namespace nnrun

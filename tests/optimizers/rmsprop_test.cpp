#include "optimizers/steps.h"

namespace nnrun {

TEST_CASE("rmsprop: two steps by hand") {
  // v = 0.75 · 16 = 12, then 0.25 · 12 + 0.75 · 8 = 9; the steps are 4 / (√12 + 1) and √8 / (3 + 1).
  test::check_close(
      test::path("rmsprop: {decay: 0.25, epsilon: 1}", 1, 1, {4, std::sqrt(Scalar{8})}),
      {1 - 4 / (std::sqrt(12.0) + 1), 1 - 4 / (std::sqrt(12.0) + 1) - std::sqrt(8.0) / 4});
}

TEST_CASE("rmsprop: a parameter whose gradient is always 0 stays") {
  test::check_rests_without_gradient("rmsprop");
}

TEST_CASE("rmsprop: slices of any size give the same bits") { test::check_slices("rmsprop"); }

TEST_CASE("rmsprop: options have their bounds") {
  test::check_share("rmsprop", "decay");
  test::check_positive("rmsprop", "epsilon");
  test::check_regularisation("rmsprop");
}

}  // namespace nnrun

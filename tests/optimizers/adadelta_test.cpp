#include "optimizers/steps.h"

namespace nnrun {

TEST_CASE("adadelta: two steps by hand") {
  // v = 0.5 · 16 = 8, s = √1 / √9 · 4 = 4/3, u = 0.5 · 16/9 = 8/9;
  // v = 4 + 0.5 · 8 = 8, s = √(17/9) / √9 · √8.
  test::check_close(
      test::path("adadelta: {decay: 0.5, epsilon: 1}", 0.75, 1, {4, std::sqrt(Scalar{8})}),
      {0, -0.75 * std::sqrt(17.0 * 8) / 9});
}

TEST_CASE("adadelta: a parameter whose gradient is always 0 stays") {
  test::check_rests_without_gradient("adadelta");
}

TEST_CASE("adadelta: slices of any size give the same bits") { test::check_slices("adadelta"); }

TEST_CASE("adadelta: options have their bounds") {
  test::check_share("adadelta", "decay");
  test::check_positive("adadelta", "epsilon");
  test::check_regularisation("adadelta");
}

}  // namespace nnrun

#include "optimizers/steps.h"

namespace nnrun {

TEST_CASE("rprop: a step by the sign grows, shrinks and rests where the sign has changed") {
  // The step is 1, then twice that; at the change of sign half of it is kept for later, and the next
  // gradient has nothing to be compared with: 1 again, then 2.
  const auto w = test::path("rprop: {grow: 2, shrink: 0.5}", 1, 0, {5, 0.1F, -3, -3, -0.1F});
  CHECK(w == test::Scalars{-1, -3, -3, -2, 0});
}

TEST_CASE("rprop: the step stays between smallest and largest") {
  CHECK(test::path("rprop: {grow: 4, largest: 2}", 1, 0, {1, 1, 1}) == test::Scalars{-1, -3, -5});
  CHECK(test::path("rprop: {shrink: 0.25, smallest: 0.5}", 1, 0, {1, -1, -1}) ==
        test::Scalars{-1, -1, -0.5});
  CHECK(test::path("rprop: {smallest: 0.5, largest: 0.75}", 1, 0, {1}) == test::Scalars{-0.75});
}

TEST_CASE("rprop: a gradient that is no number is not lost") {
  CHECK(std::isnan(test::path("rprop", 1, 0, {std::nanf("")})[0]));
}

TEST_CASE("rprop: a parameter whose gradient is always 0 stays") {
  test::check_rests_without_gradient("rprop");
}

TEST_CASE("rprop: slices of any size give the same bits") { test::check_slices("rprop"); }

TEST_CASE("rprop: options have their bounds") {
  test::check_positive("rprop", "smallest");
  test::check_positive("rprop", "largest");
  CHECK(test::contains(test::mistake_of("rprop", "shrink", "1"),
                       "expected a real number > 0 and < 1"));
  CHECK(test::contains(test::mistake_of("rprop", "shrink", "0"),
                       "expected a real number > 0 and < 1"));
  CHECK(test::contains(test::mistake_of("rprop", "grow", "1"), "expected a real number > 1"));
  CHECK(test::contains(test::mistakes_in<Optimizer>("rprop: {smallest: 2, largest: 1}"),
                       "test:1:19: rprop.smallest: is above largest"));
  test::check_regularisation("rprop");
}

}  // namespace nnrun

#include "initializers/draws.h"

namespace nnrun {

TEST_CASE("lecun_uniform: variance is 1 / in") {
  test::check_uniform(test::draws("lecun_uniform", {25, 7}), -std::sqrt(0.12), std::sqrt(0.12));
  test::check_uniform(test::draws("lecun_uniform", {25, 7000}), -std::sqrt(0.12), std::sqrt(0.12));
}

TEST_CASE("lecun_uniform: options are refused") {
  CHECK(test::contains(test::mistakes_in<Initializer>("lecun_uniform: {gain: 2}"),
                       "unknown key 'gain'"));
}

TEST_CASE("lecun_uniform: an element depends on its number alone") {
  test::check_independent_of_order("lecun_uniform");
}

}  // namespace nnrun

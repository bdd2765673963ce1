#include "initializers/draws.h"

namespace nnrun {

TEST_CASE("lecun_normal: variance is 1 / in") {
  test::check_normal(test::draws("lecun_normal", {25, 7}), 0, 0.2);
  test::check_normal(test::draws("lecun_normal", {25, 7000}), 0, 0.2);
}

TEST_CASE("lecun_normal: options are refused") {
  CHECK(test::contains(test::mistakes_in<Initializer>("lecun_normal: {gain: 2}"),
                       "unknown key 'gain'"));
}

TEST_CASE("lecun_normal: an element depends on its number alone") {
  test::check_independent_of_order("lecun_normal");
}

}  // namespace nnrun

#include "initializers/draws.h"

namespace nnrun {
namespace {

using test::check_independent_of_order;
using test::contains;
using test::mistakes_in;

TEST_CASE("he_uniform: bounds are sqrt(6 / in)") {
  test::check_uniform(test::draws("he_uniform", {24, 7}), -0.5, 0.5);
  test::check_uniform(test::draws("he_uniform", {24, 7000}), -0.5, 0.5);
}

TEST_CASE("he_uniform: options are refused") {
  CHECK(contains(mistakes_in<Initializer>("he_uniform: {gain: 2}"), "unknown key 'gain'"));
}

TEST_CASE("he_uniform: an element depends on its number alone") {
  check_independent_of_order("he_uniform");
}

}  // namespace
}  // namespace nnrun

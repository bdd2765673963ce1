#include "initializers/draws.h"

namespace nnrun {
namespace {

using test::check_independent_of_order;
using test::contains;
using test::mistakes_in;

TEST_CASE("glorot_uniform: bounds are sqrt(6 / (in + out))") {
  test::check_uniform(test::draws("glorot_uniform", {14, 10}), -0.5, 0.5);  // sqrt(6 / 24)
}

TEST_CASE("glorot_uniform: options are refused") {
  CHECK(contains(mistakes_in<Initializer>("glorot_uniform: {gain: 2}"), "unknown key 'gain'"));
}

TEST_CASE("glorot_uniform: an element depends on its number alone") {
  check_independent_of_order("glorot_uniform");
}

}  // namespace
}  // namespace nnrun

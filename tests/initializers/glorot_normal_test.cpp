#include "initializers/draws.h"

namespace nnrun {
namespace {

using test::check_independent_of_order;
using test::contains;
using test::mistakes_in;

TEST_CASE("glorot_normal: variance is 2 / (in + out)") {
  test::check_normal(test::draws("glorot_normal", {30, 20}), 0, 0.2);  // sqrt(2 / 50)
  test::check_normal(test::draws("glorot_normal", {1, 1}), 0, 1);
}

TEST_CASE("glorot_normal: options are refused") {
  CHECK(contains(mistakes_in<Initializer>("glorot_normal: {gain: 2}"), "unknown key 'gain'"));
}

TEST_CASE("glorot_normal: an element depends on its number alone") {
  check_independent_of_order("glorot_normal");
}

}  // namespace
}  // namespace nnrun

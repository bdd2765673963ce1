#include "initializers/draws.h"

namespace nnrun {
namespace {

using test::check_independent_of_order;
using test::contains;
using test::mistakes_in;

TEST_CASE("he_normal: variance is 2 / in") {
  test::check_normal(test::draws("he_normal", {50, 7}), 0, 0.2);
  test::check_normal(test::draws("he_normal", {50, 7000}), 0, 0.2);
}

TEST_CASE("he_normal: options are refused") {
  CHECK(contains(mistakes_in<Initializer>("he_normal: {gain: 2}"), "unknown key 'gain'"));
}

TEST_CASE("he_normal: an element depends on its number alone") {
  check_independent_of_order("he_normal");
}

}  // namespace
}  // namespace nnrun

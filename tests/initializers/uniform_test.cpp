#include "initializers/draws.h"

namespace nnrun {
namespace {

using test::check_independent_of_order;
using test::contains;
using test::mistakes_in;

TEST_CASE("uniform: bounds are the options") {
  test::check_uniform(test::draws("uniform: {low: -1, high: 3}"), -1, 3);
}

TEST_CASE("uniform: defaults are plus and minus 0.05") {
  test::check_uniform(test::draws("uniform"), -0.05, 0.05);
}

TEST_CASE("uniform: an empty interval is refused") {
  CHECK_EQ(mistakes_in<Initializer>("uniform: {low: 1, high: 1}"),
           "test:1:25: uniform.high: must be above 'low', which is 1");
  CHECK(contains(mistakes_in<Initializer>("uniform: {low: 1}"), "must be above 'low', which is 1"));
}

TEST_CASE("uniform: an element depends on its number alone") {
  check_independent_of_order("uniform");
}

}  // namespace
}  // namespace nnrun

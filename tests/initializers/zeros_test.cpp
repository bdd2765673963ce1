#include "initializers/draws.h"

namespace nnrun {
namespace {

using test::check_independent_of_order;
using test::contains;
using test::mistakes_in;

TEST_CASE("zeros: every element is 0") {
  const auto found = test::draws("zeros");
  CHECK_EQ(found.least, 0.0);
  CHECK_EQ(found.most, 0.0);
}

TEST_CASE("zeros: options are refused") {
  CHECK(contains(mistakes_in<Initializer>("zeros: {value: 1}"), "unknown key 'value'"));
}

TEST_CASE("zeros: an element depends on its number alone") { check_independent_of_order("zeros"); }

}  // namespace
}  // namespace nnrun

#include "initializers/draws.h"

namespace nnrun {
namespace {

using test::check_independent_of_order;
using test::contains;
using test::mistakes_in;

TEST_CASE("constant: every element is the value") {
  const auto found = test::draws("constant: {value: -0.25}");
  CHECK_EQ(found.least, -0.25);
  CHECK_EQ(found.most, -0.25);
}

TEST_CASE("constant: the value must be given and be a number") {
  CHECK_EQ(mistakes_in<Initializer>("constant"),
           "test:1:1: constant: missing key 'value': expected a real number");
  CHECK(
      contains(mistakes_in<Initializer>("constant: {value: big}"), "expected a real number, got"));
}

TEST_CASE("constant: an element depends on its number alone") {
  check_independent_of_order("constant: {value: 2}");
}

}  // namespace
}  // namespace nnrun

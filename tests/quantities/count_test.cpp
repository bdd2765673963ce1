#include "quantities/quantity_values.h"

namespace nnrun {
namespace {

using namespace test;

TEST_CASE("count: the epochs at which it holds") {
  CHECK_EQ(measured("count: {when: x > 2}", {3, 1, 4, 5}), 3);
  CHECK_EQ(measured("count: {when: x > 2}", {3}), 1);
}

TEST_CASE("count: 0 when it never holds") {
  CHECK_EQ(measured("count: {when: x > 2}", {1, 2}), 0);
  CHECK_EQ(measured("count: {when: x > 2}", {kNaN}), 0);
}

TEST_CASE("count: every column of the condition is told") {
  const auto uses = make_from<Quantity>("count: {when: start(x) < change(y)}")->columns();
  REQUIRE_EQ(uses.size(), 2);
  CHECK_EQ(uses[0].name, "x");
  CHECK_EQ(uses[1].name, "y");
  CHECK_EQ(uses[1].option, "when");
  CHECK_FALSE(uses[1].or_figure);
}

}  // namespace
}  // namespace nnrun

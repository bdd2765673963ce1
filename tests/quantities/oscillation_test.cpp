#include "quantities/quantity_values.h"

namespace nnrun {
namespace {

using namespace test;

TEST_CASE("oscillation: counts every turn") {
  CHECK_EQ(measured("oscillation: {of: x}", {1, 2, 1, 2, 3, 2}), 3);
  CHECK_EQ(measured("oscillation: {of: x}", {3, 2, 1}), 0);
  CHECK_EQ(measured("oscillation: {of: x}", {1}), 0);
}

TEST_CASE("oscillation: equal values are no turn and keep the direction") {
  CHECK_EQ(measured("oscillation: {of: x}", {1, 2, 2, 1}), 1);
  CHECK_EQ(measured("oscillation: {of: x}", {1, 2, 2, 3}), 0);
  CHECK_EQ(measured("oscillation: {of: x}", {1, 1, 1}), 0);
}

TEST_CASE("oscillation: NaN is passed over, and at the start there is no value") {
  CHECK_EQ(measured("oscillation: {of: x}", {1, 2, kNaN, 3, 2}), 1);
  CHECK_FALSE(measured("oscillation: {of: x}", {kNaN}));
}

}  // namespace
}  // namespace nnrun

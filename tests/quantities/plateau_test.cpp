#include "quantities/quantity_values.h"

namespace nnrun {
namespace {

using namespace test;

TEST_CASE("plateau: epochs for which it stays") {
  CHECK_EQ(measured("plateau: {of: x, within: 0.5}", {1, 1.5, 0.5, 1.6, 1}), 2);
  CHECK_EQ(measured("plateau: {of: x, within: 0.5}", {1, 2}), 0);
  CHECK_EQ(measured("plateau: {of: x, within: 0.5}", {1, 1, 1}), 2);
  CHECK_EQ(measured("plateau: {of: x, within: 0.5}", {1}), 0);
}

TEST_CASE("plateau: the edge is within, though decimals are not exact in binary") {
  // 0.501 - 0.5 is more than 0.001 in binary.
  CHECK_EQ(measured("plateau: {of: x, within: 0.001}", {0.5, 0.501, 0.5011}), 1);
}

TEST_CASE("plateau: without a margin it ends at the first change") {
  CHECK_EQ(measured("plateau: {of: x}", {1, 1, 1.000001}), 1);
}

TEST_CASE("plateau: NaN ends it, and at the start there is none") {
  CHECK_EQ(measured("plateau: {of: x, within: 0.5}", {1, 1, kNaN, 1}), 1);
  CHECK_FALSE(measured("plateau: {of: x, within: 0.5}", {kNaN, kNaN}));
}

TEST_CASE("plateau: a margin is not negative") {
  CHECK_EQ(mistakes_in<Quantity>("plateau: {of: x, within: -1}"),
           "test:1:26: plateau.within: expected a real number ≥ 0, got -1");
}

}  // namespace
}  // namespace nnrun

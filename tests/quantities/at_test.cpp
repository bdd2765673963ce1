#include "quantities/quantity_values.h"

namespace nnrun {
namespace {

using namespace test;

TEST_CASE("at: the row of the epoch") {
  CHECK_EQ(measured("at: {epoch: 0, of: x}", {3, 1, 2}), 3);
  CHECK_EQ(measured("at: {epoch: 2, of: x}", {3, 1, 2}), 2);
}

TEST_CASE("at: no value past the end, or where it is NaN") {
  CHECK_FALSE(measured("at: {epoch: 3, of: x}", {3, 1, 2}));
  CHECK_FALSE(measured("at: {epoch: 1, of: x}", {3, kNaN, 2}));
}

TEST_CASE("at: an epoch is a whole number from 0") {
  CHECK_EQ(mistakes_in<Quantity>("at: {epoch: -1, of: x}"),
           "test:1:13: at.epoch: expected a whole number ≥ 0, got -1");
}

}  // namespace
}  // namespace nnrun

#include "quantities/quantity_values.h"

namespace nnrun {
namespace {

using namespace test;

TEST_CASE("lowest: the value, wherever it stands") {
  CHECK_EQ(measured("lowest: {of: x}", {3, 1, 1, 2}), 1);
  CHECK_EQ(measured("lowest: {of: x}", {4}), 4);
}

TEST_CASE("lowest: values that are not finite are passed over") {
  CHECK_EQ(measured("lowest: {of: x}", {kNaN, 3, kInfinity, -kInfinity}), 3);
  CHECK_FALSE(measured("lowest: {of: x}", {kNaN, kInfinity}));
}

TEST_CASE("lowest: a curve that is not there has no value") {
  CHECK_FALSE(measured("lowest: {of: y}", {1, 2}));
}

}  // namespace
}  // namespace nnrun

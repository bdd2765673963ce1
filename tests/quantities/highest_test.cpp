#include "quantities/quantity_values.h"

namespace nnrun {
namespace {

using namespace test;

TEST_CASE("highest: the value, wherever it stands") {
  CHECK_EQ(measured("highest: {of: x}", {1, 5, 5, 2}), 5);
  CHECK_EQ(measured("highest: {of: x}", {4}), 4);
}

TEST_CASE("highest: values that are not finite are passed over") {
  CHECK_EQ(measured("highest: {of: x}", {kNaN, 3, kInfinity, -kInfinity}), 3);
  CHECK_FALSE(measured("highest: {of: x}", {kNaN, kInfinity}));
}

TEST_CASE("highest: a curve that is not there has no value") {
  CHECK_FALSE(measured("highest: {of: y}", {1, 2}));
}

}  // namespace
}  // namespace nnrun

#include "quantities/quantity_values.h"

namespace nnrun {
namespace {

using namespace test;

TEST_CASE("first_epoch: the first of several") {
  CHECK_EQ(measured("first_epoch: {when: x > 2}", {1, 3, 1, 4}), 1);
  CHECK_EQ(measured("first_epoch: {when: x > 2}", {3}), 0);
}

TEST_CASE("first_epoch: never is no value") {
  CHECK_FALSE(measured("first_epoch: {when: x > 2}", {1, 2, 1}));
  CHECK_FALSE(measured("first_epoch: {when: x > 2}", {kNaN}));
}

}  // namespace
}  // namespace nnrun

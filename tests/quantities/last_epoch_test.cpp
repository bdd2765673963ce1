#include "quantities/quantity_values.h"

namespace nnrun {
namespace {

using namespace test;

TEST_CASE("last_epoch: the last of several") {
  CHECK_EQ(measured("last_epoch: {when: x > 2}", {1, 3, 1, 4, 2}), 3);
  CHECK_EQ(measured("last_epoch: {when: x > 2}", {3}), 0);
}

TEST_CASE("last_epoch: never is no value") {
  CHECK_FALSE(measured("last_epoch: {when: x > 2}", {1, 2, 1}));
  CHECK_FALSE(measured("last_epoch: {when: x > 2}", {kNaN}));
}

}  // namespace
}  // namespace nnrun

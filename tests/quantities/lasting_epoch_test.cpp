#include "quantities/quantity_values.h"

namespace nnrun {
namespace {

using namespace test;

TEST_CASE("lasting_epoch: from where on it holds to the end") {
  CHECK_EQ(measured("lasting_epoch: {when: x > 2}", {3, 1, 4, 5}), 2);
  CHECK_EQ(measured("lasting_epoch: {when: x > 2}", {3, 4}), 0);
  CHECK_EQ(measured("lasting_epoch: {when: x > 2}", {3}), 0);
  CHECK_EQ(measured("lasting_epoch: {when: x > 2}", {1, 3}), 1);
}

TEST_CASE("lasting_epoch: no value when it does not hold at the end") {
  CHECK_FALSE(measured("lasting_epoch: {when: x > 2}", {3, 4, 1}));
  CHECK_FALSE(measured("lasting_epoch: {when: x > 2}", {3, kNaN}));
}

}  // namespace
}  // namespace nnrun

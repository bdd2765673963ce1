#include "quantities/quantity_values.h"

namespace nnrun {
namespace {

using namespace test;

TEST_CASE("convergence_epoch: 95 % of the way unless another is asked for") {
  CHECK_EQ(measured("convergence_epoch: {of: x}", {1, 0.5, 0.04, 0.06, 0.05, 0}), 4);
  CHECK_EQ(measured("convergence_epoch: {of: x, way: 0.5}", {1, 0.5, 0.04, 0.06, 0.05, 0}), 1);
  CHECK_EQ(read_from<Quantity>("convergence_epoch: {of: x}").resolved,
           "{convergence_epoch: {of: x, way: 0.95}}");
}

TEST_CASE("convergence_epoch: no value when it never came down or did not stay") {
  CHECK_FALSE(measured("convergence_epoch: {of: x}", {1}));
  CHECK_FALSE(measured("convergence_epoch: {of: x}", {1, 2}));
  CHECK_FALSE(measured("convergence_epoch: {of: x}", {1, 0, 1}));
  CHECK_FALSE(measured("convergence_epoch: {of: x}", {1, 0, kNaN}));
}

TEST_CASE("convergence_epoch: a way is a share") {
  CHECK_EQ(mistakes_in<Quantity>("convergence_epoch: {of: x, way: 1.5}"),
           "test:1:33: convergence_epoch.way: expected a real number ≥ 0 and ≤ 1, got 1.5");
}

}  // namespace
}  // namespace nnrun

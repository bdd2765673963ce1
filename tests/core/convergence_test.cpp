#include "core/convergence.h"

#include <limits>

#include "support.h"

namespace nnrun {

TEST_CASE("convergence: where the way is made for good") {
  // From 1 down to 0: the threshold is 0.05. Epoch 2 is below it but epoch 3 is not.
  CHECK_EQ(convergence_epoch({1, 0.5, 0.04, 0.06, 0.05, 0}), 4);
  CHECK_EQ(convergence_epoch({1, 0.5, 0.04, 0.06, 0.05, 0}, 1), 5);
  CHECK_EQ(convergence_epoch({1, 0.5, 0.04, 0.06, 0.05, 0}, 0), 0);
  CHECK_EQ(convergence_epoch({1, 0}), 1);
}

TEST_CASE("convergence: none where it never came down, did not stay, or there is nothing") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(convergence_epoch({}));
  CHECK_FALSE(convergence_epoch({1}));
  CHECK_FALSE(convergence_epoch({1, 1, 2}));
  CHECK_FALSE(convergence_epoch({1, 0, 1}));
  CHECK_FALSE(convergence_epoch({1, 0, nan}));
  CHECK_FALSE(convergence_epoch({nan, 1, 0}));
}

}  // namespace nnrun

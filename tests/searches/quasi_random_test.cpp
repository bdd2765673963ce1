#include "searches/brackets.h"

namespace nnrun {

using namespace test;

TEST_CASE("quasi_random: every trial is trained to its end") {
  CHECK_EQ(brackets_of("quasi_random: {trials: 5}", 5, 10), "");
  CHECK_EQ(brackets_of("quasi_random: {trials: 0}", 5, 10),
           "test:1:24: quasi_random.trials: expected a whole number from 1 to 1000000, got 0");
}

}  // namespace nnrun

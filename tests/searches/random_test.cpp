#include "searches/brackets.h"

namespace nnrun {

using namespace test;

TEST_CASE("random: every trial is trained to its end") {
  CHECK_EQ(brackets_of("random: {trials: 5}", 5, 10), "");
  CHECK_EQ(brackets_of("random", 5, 10),
           "test:1:1: random: missing key 'trials': expected a whole number from 1 to 1000000");
}

}  // namespace nnrun

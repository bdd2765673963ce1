#include "config/bounds.h"

#include <doctest/doctest.h>

#include <limits>

namespace nnrun {
namespace {

TEST_CASE("bounds: whole numbers from end to end") {
  CHECK(whole_between(2, 256).admit(2));
  CHECK(whole_between(2, 256).admit(256));
  CHECK_FALSE(whole_between(2, 256).admit(1));
  CHECK_FALSE(whole_between(2, 256).admit(257));
  CHECK(WholeBounds{}.admit(std::numeric_limits<std::int64_t>::min()));
}

TEST_CASE("bounds: an open end is not itself admitted") {
  CHECK_FALSE(positive().admit(0));
  CHECK(not_negative().admit(0));
  CHECK(real_between(0, 1).admit(1));
  const RealBounds below_one{.least = 0, .most = 1, .open_most = true};
  CHECK_FALSE(below_one.admit(1));
  CHECK(below_one.admit(0));
}

TEST_CASE("bounds: they say what they admit") {
  CHECK_EQ(WholeBounds{}.text(), "a whole number");
  CHECK_EQ(at_least(1).text(), "a whole number ≥ 1");
  CHECK_EQ(whole_between(2, 256).text(), "a whole number from 2 to 256");
  CHECK_EQ(any_real().text(), "a real number");
  CHECK_EQ(positive().text(), "a real number > 0");
  CHECK_EQ(not_negative().text(), "a real number ≥ 0");
  CHECK_EQ(real_between(0, 0.5).text(), "a real number ≥ 0 and ≤ 0.5");
}

}  // namespace
}  // namespace nnrun

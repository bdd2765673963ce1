#include "report/mismatches.h"

#include <limits>

#include "support.h"

namespace nnrun {

TEST_CASE("mismatches: a relative difference is a part of the larger size") {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  CHECK_EQ(relative_difference(1, 2), 0.5);
  CHECK_EQ(relative_difference(-2, 2), 2.0);
  CHECK_EQ(relative_difference(0, -0.0), 0.0);
  CHECK_FALSE(relative_difference(1, kInfinity));
  CHECK_FALSE(relative_difference(std::numeric_limits<double>::quiet_NaN(), 1));
}

TEST_CASE("mismatches: the first and the largest are kept with their places") {
  Mismatches found;
  found.same();
  found.differs(1, 4, 3);
  found.differs(2, 4, 1);
  found.differs(3, 4, 2);
  CHECK_FALSE(found.all_same());
  CHECK_EQ(found.first(), 1);
  CHECK_EQ(found.largest(), 0.75);
  CHECK_EQ(found.largest_place(), 2);
  CHECK_EQ(share(found, "cells"), "3 of 4 cells");
  CHECK_EQ(largest_text(found, " here"), "; largest relative difference 0.75 here");
  Mismatches sum;
  sum.add(found);
  sum.add(found);
  CHECK_EQ(share(sum, "cells"), "6 of 8 cells");
  CHECK_EQ(sum.largest(), 0.75);
  CHECK_EQ(largest_text(Mismatches(), ""), "");
}

TEST_CASE("mismatches: two values are shown with their difference where they are numbers") {
  CHECK_EQ(both("0.5", "0.25"), "0.5 | 0.25, difference 0.25 (relative 0.5)");
  CHECK_EQ(both("nan", "0.25"), "nan | 0.25");
  CHECK_EQ(both("", "0.25"), "nothing | 0.25");
}

}  // namespace nnrun

#include "report/curve_rows.h"

#include <algorithm>

#include "support.h"

namespace nnrun {

using Rows = std::vector<std::size_t>;

TEST_CASE("curve rows: all of them where they are few") {
  CHECK_EQ(drawn_rows({5}, 5).rows, Rows{0, 1, 2, 3, 4});
  CHECK_EQ(drawn_rows({1, 3}, 8).rows, Rows{0, 1, 2});
  CHECK_EQ(drawn_rows({0, 0}, 8).rows, Rows{});
  CHECK_EQ(drawn_rows({}, 8).rows, Rows{});
  CHECK_EQ(thinning_note(drawn_rows({3}, 8), 3), "");
}

TEST_CASE("curve rows: the first ones, then every k-th, and where each run ended") {
  CHECK_EQ(drawn_rows({21}, 8).rows, Rows{0, 1, 2, 6, 10, 14, 18, 20});
  CHECK_EQ(drawn_rows({21, 5}, 8).rows, Rows{0, 1, 2, 4, 6, 10, 14, 18, 20});
  CHECK_EQ(
      thinning_note(drawn_rows({21}, 8), 21),
      "8 of 21 epochs are drawn: each of the first 2, then one of every 4, and the last of each run; metrics.csv has them all.");
}

TEST_CASE("curve rows: never many more than asked for, always the last") {
  for (std::size_t rows = 1; rows < 700; ++rows) {
    for (const std::size_t most : {4, 12, 100}) {
      Rows lengths(300);
      for (std::size_t i = 0; i < lengths.size(); ++i)
        lengths[i] = std::max<std::size_t>(rows, i) - i;
      const Rows drawn = drawn_rows(lengths, most).rows;
      CHECK_LE(drawn.size(), most + 50);
      CHECK_EQ(drawn.front(), 0);
      CHECK_EQ(drawn.back(), rows - 1);
      CHECK(std::is_sorted(drawn.begin(), drawn.end()));
    }
  }
}

}  // namespace nnrun

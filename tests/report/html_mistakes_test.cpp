#include "report/html_mistakes.h"

#include <doctest/doctest.h>

namespace nnrun {

namespace {

/// Four samples of three classes; the last three are wrong.
Predictions four() {
  Predictions made;
  made.classes = 3;
  made.positions = {0, 1, 2, 3};
  made.truth = {0, 0, 1, 2};
  made.predicted = {0, 1, 2, 1};
  made.scores = {0.9F, 0.1F, 0, 0.4F, 0.6F, 0, 0, 0.1F, 0.9F, 0.2F, 0.6F, 0.2F};
  return made;
}

}  // namespace

TEST_CASE("mistakes: the surest come first, of equals the first, and what is right never") {
  CHECK_EQ(surest_mistakes(four(), 10), std::vector<std::size_t>{2, 1, 3});
  CHECK_EQ(surest_mistakes(four(), 1), std::vector<std::size_t>{2});
}

TEST_CASE("mistakes: there are none where all is right") {
  Predictions none = four();
  none.predicted = none.truth;
  CHECK(surest_mistakes(none, 10).empty());
}

}  // namespace nnrun

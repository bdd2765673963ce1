#include "optimizers/steps.h"

namespace nnrun {

namespace {

/// Of f(w) = Σ (i + 1) · w_i²: its gradient.
test::Scalars bowl(const test::Scalars& w) {
  test::Scalars g(w.size());
  for (std::size_t i = 0; i < w.size(); ++i) g[i] = static_cast<Scalar>(2 * (i + 1)) * w[i];
  return g;
}

}  // namespace

TEST_CASE("lbfgs: two steps by hand") {
  // Of f = w²: g = 8, the first step is 8 / 8 long: w = 3, g = 6. Then y = −2, s = −1, h = 1/2: −H g is
  // 6/2, which Newton's method would have, too.
  test::check_close(test::path("lbfgs", 1, 4, {8, 6}), {3, 0});
  test::check_close(test::path("lbfgs", 0.5, 4, {8, 7}), {3.5, 3.5 - 0.5 * 3.5});
}

TEST_CASE("lbfgs: with a pair for each direction it finds the bottom of a bowl") {
  test::Steps steps("lbfgs", {1, -2, 3, 1});
  for (int i = 0; i < 25; ++i) steps.take(1, bowl(steps.w()));
  for (const Scalar w : steps.w()) CHECK(std::abs(w) < 1e-5);
}

TEST_CASE("lbfgs: it remembers no more than its history") {
  test::Steps one("lbfgs: {history: 1}", {1, -2, 3, 1});
  test::Steps two("lbfgs: {history: 2}", {1, -2, 3, 1});
  for (int i = 0; i < 3; ++i) {
    CHECK((i < 2 || one.w() == two.w()));  // the second step has one pair in both
    one.take(1, bowl(one.w()));
    two.take(1, bowl(two.w()));
  }
  CHECK(one.w() != two.w());
}

TEST_CASE("lbfgs: no step where the gradient is all but 0") {
  CHECK(test::path("lbfgs", 1, 2, {1e-7F, 0}) == test::Scalars{2, 2});
  CHECK(test::path("lbfgs", 1, 0, {2e-5F}) == test::Scalars{0});  // g · d = −4e-10
  CHECK(test::path("lbfgs", 1, 0, {4e-5F}) == test::Scalars{-4e-5F});
}

TEST_CASE("lbfgs: a change without curvature is not remembered") {
  // y · s = 0 · s: the third step is along H of the first pair, as the second was.
  test::check_close(test::path("lbfgs", 1, 4, {8, 6, 6}), {3, 0, -3});
}

TEST_CASE("lbfgs: a gradient that is no number is not lost") {
  CHECK(std::isnan(test::path("lbfgs", 1, 0, {std::nanf("")})[0]));
}

TEST_CASE("lbfgs: options have their bounds") {
  CHECK(test::contains(test::mistake_of("lbfgs", "history", "0"),
                       "expected a whole number from 1 to 1000"));
  CHECK(test::contains(test::mistake_of("lbfgs", "history", "2.5"), "expected a whole number"));
  test::check_regularisation("lbfgs");
}

}  // namespace nnrun

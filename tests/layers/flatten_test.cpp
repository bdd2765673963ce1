#include "layer_pass.h"

namespace nnrun {
namespace {

TEST_CASE("flatten: an image becomes a row, in the order of memory") {
  const auto flatten = test::make_from<Layer>("flatten");
  CHECK(flatten->output({2, 3, 4}) == Shape{24});
  CHECK(flatten->output({5}) == Shape{5});
  CHECK(flatten->parameters({2, 3, 4}).empty());
}

TEST_CASE("flatten: numbers and their gradients stay where they are") {
  test::LayerPass pass("flatten", {1, 2, 2});
  const std::vector<Scalar> x = {1, 2, 3, 4, 5, 6, 7, 8};
  const std::vector<Scalar> dy = {8, 7, 6, 5, 4, 3, 2, 1};
  pass.run(x, dy, test::kTraining);
  CHECK(pass.network().output() == Shape{4});
  CHECK(pass.y == x);
  CHECK(pass.dx() == dy);
}

TEST_CASE("flatten: options are refused") {
  CHECK(test::contains(test::mistakes_in<Layer>("flatten: {axis: 1}"), "unknown key 'axis'"));
}

}  // namespace
}  // namespace nnrun

#include "layer_pass.h"
#include "layers/layer_values.h"

namespace nnrun {
namespace {

using test::contains;
using test::mistakes_in;

TEST_CASE("reshape: the same numbers in another shape") {
  test::LayerPass pass("reshape: {shape: [1, 2, 2]}", {4});
  const std::vector<Scalar> x = {1, 2, 3, 4, 5, 6, 7, 8};
  const std::vector<Scalar> dy = {8, 7, 6, 5, 4, 3, 2, 1};
  pass.run(x, dy, test::kTraining);
  CHECK(pass.network().output() == Shape{1, 2, 2});
  CHECK(pass.y == x);
  CHECK(pass.dx() == dy);
}

TEST_CASE("reshape: the number of elements must stay") {
  const auto reshape = test::make_from<Layer>("reshape: {shape: [1, 28, 28]}");
  CHECK(reshape->output({784}) == Shape{1, 28, 28});
  CHECK_EQ(test::misfit_of(*reshape, {783}),
           "reshape makes samples of 1 × 28 × 28 = 784 elements, but its input has 783");
  CHECK_EQ(test::misfit_of(*reshape, {2, 28, 28}),
           "reshape makes samples of 1 × 28 × 28 = 784 elements, but its input has "
           "2 × 28 × 28 = 1568");
}

TEST_CASE("reshape: the largest shape is counted right") {
  const auto reshape = test::make_from<Layer>("reshape: {shape: [2097152, 2097152, 2097152]}");
  CHECK(contains(test::misfit_of(*reshape, {1}), "= 9223372036854775808 elements"));
}

TEST_CASE("reshape: bad shapes are refused, each length at its place") {
  CHECK(contains(mistakes_in<Layer>("reshape"), "reshape: missing key 'shape'"));
  CHECK(contains(mistakes_in<Layer>("reshape: {shape: 4}"), "reshape.shape: expected a list"));
  CHECK(contains(mistakes_in<Layer>("reshape: {shape: []}"), "a list of at least one item"));
  CHECK(contains(mistakes_in<Layer>("reshape: {shape: [1, 1, 2, 2]}"),
                 "reshape.shape: expected a list of 1 to 3 whole numbers, got 4 of them"));
  const std::string several = mistakes_in<Layer>("reshape: {shape: [1, 0, 2.5]}");
  CHECK(contains(several,
                 "test:1:22: reshape.shape[1]: expected a whole number from 1 to 2097152, "
                 "got 0"));
  CHECK(contains(several, "reshape.shape[2]: expected a whole number from 1 to 2097152, got 2.5"));
  for (const char* length : {"-1", "\"3\"", "many", "2097153", "{a: 1}"}) {
    CAPTURE(length);
    CHECK(contains(mistakes_in<Layer>("reshape: {shape: [" + std::string(length) + "]}"),
                   "reshape.shape[0]: expected a whole number from 1 to 2097152, got"));
  }
  CHECK(contains(mistakes_in<Layer>("reshape: {shape: [1], order: C}"), "unknown key 'order'"));
}

}  // namespace
}  // namespace nnrun

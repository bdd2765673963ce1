#include <cmath>

#include "layer_pass.h"
#include "layers/layer_values.h"

namespace nnrun {
namespace {

using test::check_close;
using test::contains;
using test::LayerPass;
using test::mistakes_in;

TEST_CASE("layer_norm: each sample by itself is brought to mean 0 and variance 1") {
  LayerPass pass("layer_norm: {epsilon: 1e-12}", {2});
  pass.parameters.assign({3, 1, 0, 5});  // scale, then shift
  pass.run({0, 2, 16, 10}, {0, 0, 0, 0}, test::kTraining);
  check_close(pass.y, {-3, 6, 3, 4});
}

TEST_CASE("layer_norm: gradients by hand") {
  // 0, 0, 3: mean 1, variance 2, x̂ = (−1, −1, 2) / √2.
  LayerPass pass("layer_norm: {epsilon: 1e-12}", {3});
  pass.parameters.assign({4, 2, 1, 0, 0, 0});
  pass.run({0, 0, 3}, {1, 2, 3}, test::kTraining);
  const double root = std::sqrt(2.0);
  check_close(pass.gradient, {-1 / root, -2 / root, 6 / root, 1, 2, 3});
  // g = (4, 4, 3): mean 11/3, mean of g · x̂ = −2 / (3√2); x̂ times that is (1, 1, −2) / 3.
  check_close(pass.dx(), {0, 0, 0}, 1e-6);
}

TEST_CASE("layer_norm: over a whole image, with a scale and a shift for each place") {
  LayerPass pass("layer_norm", {2, 3, 5});
  REQUIRE_EQ(pass.network().parameters().size(), 2);
  CHECK(pass.network().parameters()[0].declared.shape == Shape{2, 3, 5});
  std::vector<Scalar> x(30);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<Scalar>(i);
  pass.run(x, std::vector<Scalar>(30), test::kEvaluation);
  // Mean 14.5, variance (30² − 1) / 12.
  const double deviation = std::sqrt(899.0 / 12 + 1e-5);
  std::vector<double> expected(30);
  for (std::size_t i = 0; i < x.size(); ++i) {
    expected[i] = (static_cast<double>(i) - 14.5) / deviation;
  }
  check_close(pass.y, expected);
}

TEST_CASE("layer_norm: a sample that does not vary becomes the shift") {
  LayerPass pass("layer_norm: {shift: {constant: {value: 7}}}", {3});
  pass.run({3, 3, 3}, {1, 2, 3}, test::kTraining);
  check_close(pass.y, {7, 7, 7});
  CHECK(std::isfinite(pass.dx()[0]));
}

TEST_CASE("layer_norm: samples of one value are refused") {
  CHECK_EQ(test::misfit_of(*test::make_from<Layer>("layer_norm"), {1}),
           "layer_norm needs samples of at least 2 values, but its input is 1 for each sample");
}

TEST_CASE("layer_norm: defaults and bad options") {
  CHECK_EQ(test::read_from<Layer>("layer_norm").resolved,
           "{layer_norm: {epsilon: 1e-05, scale: {constant: {value: 1}}, shift: zeros, "
           "frozen: false}}");
  CHECK(contains(mistakes_in<Layer>("layer_norm: {epsilon: -1}"),
                 "layer_norm.epsilon: expected a real number > 0, got -1"));
  CHECK(contains(mistakes_in<Layer>("layer_norm: {shape: [1]}"), "unknown key 'shape'"));
}

}  // namespace
}  // namespace nnrun

#include "layer_pass.h"
#include "layers/layer_values.h"

namespace nnrun {
namespace {

using test::check_close;
using test::contains;
using test::LayerPass;
using test::mistakes_in;

TEST_CASE("residual: x is added to what the layers make of it") {
  LayerPass pass("residual: {layers: [{dense: {units: 2}}, relu]}", {2});
  pass.parameters.assign({1, 3, 2, -4, 0, 1});  // W = (1 2; 3 −4), transposed; b = (0, 1)
  pass.run({1, 2}, {10, 1}, test::kTraining);
  check_close(pass.y, {6, 2});  // (1, 2) + (5, relu(−4))
  // Through relu dz = (10, 0); dx = (10, 1) + dz W.
  check_close(pass.dx(), {20, 21});
  check_close(pass.gradient, {10, 0, 20, 0, 10, 0});
}

TEST_CASE("residual: nested, the sums add up") {
  // x + (2x + (x + 2x)): the inner residual is 3x on what is 2x already.
  const std::string twice = "{dense: {units: 1, weights: {constant: {value: 2}}}}";
  LayerPass pass("residual: {layers: [" + twice + ", {residual: {layers: [" + twice + "]}}]}", {1});
  pass.run({1, 5}, {1, 10}, test::kTraining);
  check_close(pass.y, {7, 35});
  check_close(pass.dx(), {7, 70});
}

TEST_CASE("residual: where it begins with a residual, x goes around both") {
  const std::string twice = "{dense: {units: 1, weights: {constant: {value: 2}}}}";
  LayerPass pass("residual: {layers: [{residual: {layers: [" + twice + "]}}, " + twice + "]}", {1});
  pass.run({1, 5}, {1, 10}, test::kTraining);
  check_close(pass.y, {7, 35});  // x + 2 · (x + 2x)
  check_close(pass.dx(), {7, 70});
}

TEST_CASE("residual: of layers that change nothing, it doubles") {
  LayerPass pass("residual: {layers: [{reshape: {shape: [2]}}]}", {2});
  pass.run({1, 5}, {1, 10}, test::kTraining);
  check_close(pass.y, {2, 10});
  check_close(pass.dx(), {2, 20});
}

TEST_CASE("residual: the parameters inside are named by their way") {
  Network network({2});
  network.add("tanh", test::make_from<Layer>("tanh"));
  network.add("residual", test::make_from<Layer>(
                              "residual: {layers: [tanh, {residual: {layers: [batch_norm]}}]}"));
  std::vector<std::string> names;
  for (const auto& parameter : network.parameters()) names.push_back(parameter.name);
  const std::string inside = "1.residual.1.residual.0.batch_norm.";
  CHECK(names == std::vector<std::string>{inside + "scale", inside + "shift",
                                          inside + "running_mean", inside + "running_variance"});
  CHECK_EQ(network.depth(), 2);
  CHECK_EQ(network.last_layer(), "residual");
  CHECK_EQ(network.fewest_rows(), 2);
  CHECK_EQ(network.needs_most_rows(), "1.residual.1.residual.0.batch_norm");
}

TEST_CASE("residual: layers that change the shape are refused with both shapes") {
  CHECK_EQ(
      test::misfit_of(*test::make_from<Layer>("residual: {layers: [{dense: {units: 3}}]}"), {5}),
      "residual adds its input to what its layers make of it, but they make 3 of 5");
  CHECK_EQ(test::misfit_of(*test::make_from<Layer>("residual: {layers: [flatten]}"), {1, 2, 3}),
           "residual adds its input to what its layers make of it, but they make 6 of 1 × 2 × 3");
}

TEST_CASE("residual: a layer inside that does not fit is named") {
  CHECK_EQ(test::misfit_of(*test::make_from<Layer>("residual: {layers: [tanh, {residual: "
                                                   "{layers: [{dense: {units: 3}}]}}]}"),
                           {1, 2, 3}),
           "layers[1].residual: layers[0].dense: dense needs rows, but its input is 1 × 2 × 3 for "
           "each sample; put flatten before it");
}

TEST_CASE("residual: mistakes inside are reported at their places, all together") {
  const std::string found = mistakes_in<Layer>(
      "residual: {layers: [{dense: {units: 0}}, tahn, {residual: {layers: [{dropout: {p: 1}}]}}]}");
  CHECK(contains(found, "test:1:37: residual.layers[0].dense.units: expected a whole number"));
  CHECK(contains(found, "residual.layers[1]: unknown layer 'tahn'; did you mean 'tanh'?"));
  CHECK(contains(found, "residual.layers[2].residual.layers[0].dropout: missing key 'rate'"));
  CHECK(contains(found, "residual.layers[2].residual.layers[0].dropout: unknown key 'p'"));
}

TEST_CASE("residual: a list of at least one layer is needed") {
  CHECK(contains(mistakes_in<Layer>("residual"), "residual: missing key 'layers'"));
  CHECK(contains(mistakes_in<Layer>("residual: {layers: []}"),
                 "residual.layers: expected a list of at least one item, got an empty list"));
  CHECK(contains(mistakes_in<Layer>("residual: {layers: tanh}"), "expected a list"));
  CHECK(contains(mistakes_in<Layer>("residual: {layer: [tanh]}"), "did you mean 'layers'?"));
}

}  // namespace
}  // namespace nnrun

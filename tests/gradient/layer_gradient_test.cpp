// Every registered layer's gradients against differences, at its registered example.
#include <memory>
#include <string>
#include <vector>

#include "gradient/network_parameters.h"
#include "layer_pass.h"

namespace nnrun {
namespace {

using test::away_from_zero;
using test::kEvaluation;
using test::kTraining;
using test::Matrix;

/// Samples to try on a layer; it is checked on every one that it takes.
const std::vector<Shape> kSampleShapes = {{1}, {2}, {5}, {2, 6, 7}};

constexpr std::size_t kRows = 3;

/// A layer with input, parameters and dy drawn at random.
struct LayerCheck {
  LayerCheck(const std::string& name, std::shared_ptr<const Layer> layer, const Shape& sample,
             const PassFacts& pass)
      : facts(pass),
        network(sample),
        x(kRows, elements(sample), away_from_zero(kRows * elements(sample), "x")) {
    network.add("remember", std::make_shared<test::Remember>(dx));
    network.add(name, std::move(layer));
    parameters = test::random_parameters(network);
    loss = test::Weighted::by(away_from_zero(kRows * elements(network.output()), "dy"));
  }

  double total() {
    WholeBatch batch(network, parameters, x.view(), facts);
    return loss->sum(batch.forward(), {});
  }

  void check() {
    WholeBatch batch(network, parameters, x.view(), facts);
    batch.forward();
    std::vector<Scalar> gradient(parameters.size(), 1);  // backward adds to what is there
    batch.backward({*loss, {}, 1}, gradient);
    for (Scalar& value : gradient) value -= 1;
    test::check_gradient(dx, x.values(), [&] { return total(); });
    test::check_parameters(network, gradient, parameters, [&] { return total(); });
  }

  PassFacts facts;
  Network network;
  Matrix x;
  std::vector<Scalar> dx;
  std::vector<Scalar> parameters;
  std::unique_ptr<Loss> loss;
};

bool takes(const Layer& layer, const Shape& sample) {
  try {
    layer.output(sample);
    return true;
  } catch (const Misfit&) {
    return false;
  }
}

TEST_CASE("layer gradients: every registered layer agrees, in training and in evaluation") {
  const auto& registry = Registry<Layer>::instance();
  REQUIRE_FALSE(registry.names().empty());
  for (const std::string& name : registry.names()) {
    CAPTURE(name);
    const std::shared_ptr<const Layer> layer = test::make_from<Layer>(registry.find(name)->example);
    int checked = 0;
    for (const Shape& sample : kSampleShapes) {
      if (!takes(*layer, sample)) continue;
      CAPTURE(to_text(sample));
      for (const PassFacts& facts : {kTraining, kEvaluation}) {
        CAPTURE(facts.train);
        LayerCheck(name, layer, sample, facts).check();
      }
      ++checked;
    }
    CHECK(checked > 0);  // a layer that takes none of the shapes needs one of its own above
  }
}

/// What the examples leave at its default.
const std::vector<std::string> kMoreLayers = {
    "conv2d: {channels: 4, kernel: {height: 3, width: 2}, stride: 2, padding: 1}",
    "conv2d: {channels: 2, kernel: 2, stride: {height: 1, width: 3}, dilation: 2, groups: 2}",
    "conv2d: {channels: 7, kernel: 1, padding: {height: 0, width: 3}, bias: none}",
    "conv2d: {channels: 1, kernel: {height: 2, width: 3}, padding: 4, dilation: {height: 3, width: 2}}",
    "max_pool2d: {kernel: 3, stride: 2, padding: 1}",
    "max_pool2d: {kernel: {height: 2, width: 5}, stride: 1}",
    "avg_pool2d: {kernel: {height: 3, width: 4}, stride: 2, padding: 1}",
    "avg_pool2d: {kernel: 2, stride: 3}"};

TEST_CASE("layer gradients: windows over images agree with differences whatever their options") {
  for (const std::string& text : kMoreLayers) {
    CAPTURE(text);
    const std::string name = text.substr(0, text.find(':'));
    LayerCheck(name, test::make_from<Layer>(text), {2, 6, 7}, kTraining).check();
  }
}

TEST_CASE("layer gradients: layers whose way depends on others agree in any company") {
  const std::vector<std::pair<Shape, std::string>> residuals = {
      {{5}, "residual: {layers: [batch_norm, {dense: {units: 5}}, {dropout: {rate: 0.3}}]}"},
      {{5}, "residual: {layers: [{dense: {units: 5}}, batch_norm]}"},
      {{5}, "residual: {layers: [{residual: {layers: [batch_norm, tanh]}}, layer_norm]}"},
      {{5}, "residual: {layers: [tanh, {residual: {layers: [batch_norm]}}]}"},
      {{6}, "residual: {layers: [{reshape: {shape: [2, 3]}}, batch_norm, flatten, batch_norm]}"},
      {{2, 3, 2}, "residual: {layers: [{reshape: {shape: [2, 3, 2]}}]}"},
  };
  for (const auto& residual : residuals) {
    const auto& [sample, text] = residual;
    CAPTURE(residual.second);
    for (const PassFacts& facts : {kTraining, kEvaluation}) {
      LayerCheck("residual", test::make_from<Layer>(text), sample, facts).check();
    }
  }
}

}  // namespace
}  // namespace nnrun

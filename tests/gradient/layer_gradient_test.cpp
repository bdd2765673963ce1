// Every registered layer's gradients against differences, at its registered example.
#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "core/layer.h"
#include "core/loss.h"
#include "gradient/differences.h"
#include "train/whole_batch.h"

namespace nnrun {
namespace {

using test::away_from_zero;
using test::Matrix;

/// Samples to try on a layer; it is checked on every one that it takes.
const std::vector<Shape> kSampleShapes = {{1}, {2}, {5}, {2, 6, 7}};

constexpr std::size_t kRows = 3;

/// y = x, and remembers the gradient that comes back: the dx of the layer behind it.
class Remember final : public Layer {
 public:
  explicit Remember(std::vector<Scalar>& dx) : dx_(dx) {}
  Shape output(const Shape& input) const override { return input; }
  void forward(std::span<const Scalar> /*parameters*/, ConstMatrixView x,
               MatrixView y) const override {
    std::copy(x.elements().begin(), x.elements().end(), y.data());
  }
  void backward(const Backward& pass) const override {
    dx_.assign(pass.dy.elements().begin(), pass.dy.elements().end());
  }

 private:
  std::vector<Scalar>& dx_;
};

/// Σ dy · y with fixed dy.
class Weighted final : public Loss {
 public:
  Weighted(Options& options, std::vector<Scalar> dy) : Loss(options), dy_(std::move(dy)) {}
  std::optional<std::string> misfit(const NetworkEnd& /*end*/) const override { return {}; }
  std::string_view unit() const override { return ""; }
  double sum(const Prediction& prediction, const Targets& /*targets*/) const override {
    const auto y = prediction.outputs.elements();
    return std::inner_product(y.begin(), y.end(), dy_.begin(), 0.0);
  }
  void gradient(const Prediction& /*prediction*/, const Targets& /*targets*/, Scalar scale,
                MatrixView d) const override {
    for (std::size_t i = 0; i < d.size(); ++i) d.data()[i] = scale * dy_[i];
  }

 private:
  std::vector<Scalar> dy_;
};

std::unique_ptr<Loss> weighted(std::size_t count) {
  Node body = Node::mapping();
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  Options options({&body, {}, &reading});
  return std::make_unique<Weighted>(options, away_from_zero(count, "dy"));
}

/// A layer with input, parameters and dy drawn at random, in training under a fixed seed.
struct LayerCheck {
  LayerCheck(const std::string& name, std::shared_ptr<const Layer> layer, const Shape& sample)
      : network(sample), x(kRows, elements(sample), away_from_zero(kRows * elements(sample), "x")) {
    network.add("remember", std::make_shared<Remember>(dx));
    network.add(name, std::move(layer));
    parameters = away_from_zero(network.parameter_count(), "parameters");
    loss = weighted(kRows * elements(network.output()));
  }

  double total() {
    WholeBatch batch(network, parameters, x.view(), kFacts);
    return loss->sum(batch.forward(), {});
  }

  void check() {
    WholeBatch batch(network, parameters, x.view(), kFacts);
    batch.forward();
    std::vector<Scalar> gradient(parameters.size(), 1);  // backward adds to what is there
    batch.backward({*loss, {}, 1}, gradient);
    for (Scalar& value : gradient) value -= 1;
    test::check_gradient(dx, x.values(), [&] { return total(); });
    for (const NetworkParameter& parameter : network.parameters()) {
      if (!parameter.declared.trained) continue;
      CAPTURE(parameter.name);
      test::check_gradient(gradient, parameters, parameter.offset, parameter.size,
                           [&] { return total(); });
    }
  }

  static constexpr PassFacts kFacts = {.train = true, .seed = 7, .update = 3};
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

TEST_CASE("layer gradients: every registered layer agrees with differences") {
  const auto& registry = Registry<Layer>::instance();
  REQUIRE_FALSE(registry.names().empty());
  for (const std::string& name : registry.names()) {
    CAPTURE(name);
    const std::shared_ptr<const Layer> layer =
        test::make_from<Layer>(registry.find(name)->example);
    int checked = 0;
    for (const Shape& sample : kSampleShapes) {
      if (!takes(*layer, sample)) continue;
      CAPTURE(to_text(sample));
      LayerCheck(name, layer, sample).check();
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
    LayerCheck(name, test::make_from<Layer>(text), {2, 6, 7}).check();
  }
}

}  // namespace
}  // namespace nnrun

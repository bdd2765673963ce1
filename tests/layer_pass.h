// A layer alone in a network, taken over a batch as training takes it.
#pragma once

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "core/layer.h"
#include "core/loss.h"
#include "support.h"
#include "train/whole_batch.h"

namespace nnrun::test {

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

  static std::unique_ptr<Loss> by(std::vector<Scalar> dy) {
    Node body = Node::mapping();
    Diagnostics diagnostics;
    Reading reading(diagnostics);
    Options options({&body, {}, &reading});
    return std::make_unique<Weighted>(options, std::move(dy));
  }

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

/// A layer behind one that remembers its dx.
class LayerPass {
 public:
  LayerPass(const std::string& name, std::shared_ptr<const Layer> layer, const Shape& sample)
      : network_(sample) {
    network_.add("remember", std::make_shared<Remember>(dx_));
    network_.add(name, std::move(layer));
    parameters = network_.initial_parameters(1);
  }
  /// From the layer's text.
  LayerPass(const std::string& text, const Shape& sample)
      : LayerPass(text.substr(0, text.find(':')), make_from<Layer>(text), sample) {}

  /// Goes forward and back; x [N, …] and dy [N, …] row by row.
  void run(const std::vector<Scalar>& x, const std::vector<Scalar>& dy, const PassFacts& facts) {
    const std::size_t width = elements(network_.input());
    const Matrix samples(x.size() / width, width, x);
    WholeBatch batch(network_, parameters, samples.view(), facts);
    const Prediction prediction = batch.forward();
    y.assign(prediction.outputs.elements().begin(), prediction.outputs.elements().end());
    gradient.assign(parameters.size(), 0);
    batch.backward({*Weighted::by(dy), {}, 1}, gradient);
    if (facts.train) network_.remember(batch.sums(), samples.view().rows(), parameters);
  }

  const Network& network() const { return network_; }
  const std::vector<Scalar>& dx() const { return dx_; }

  AlignedScalars parameters;  ///< with what the layer remembers
  std::vector<Scalar> y;
  std::vector<Scalar> gradient;

 private:
  std::vector<Scalar> dx_;
  Network network_;
};

inline constexpr PassFacts kTraining = {.train = true, .seed = 7, .update = 3};
inline constexpr PassFacts kEvaluation = {.train = false, .seed = 7, .update = 3};

}  // namespace nnrun::test

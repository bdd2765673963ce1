// dense: every output sees every input.
//   y  = x Wᵀ + b                      (equations 3, 7, 9 of the report)
//   dW = dyᵀ x,  db = Σₙ dy,  dx = dy W  (equations 14, 15, 19, 20)
// Source:  Rosenblatt 1958; Rumelhart, Hinton, Williams 1986 for the gradients
// Shapes:  x, dx [N, D], y, dy [N, K], W [K, D], b [K]; an image is taken as a row of D = C·H·W
// Options: units    K, whole number ≥ 1
//          weights  initializer of W, default glorot_uniform (fan in D, fan out K)
//          bias     initializer of b, default zeros; `none` leaves b out
//          frozen, learning_rate  as for every layer with parameters (core/layer.h)
// Errors:  an image, unless the layer is the network's first: it then takes the image as a row
#include <algorithm>
#include <utility>

#include "core/layer.h"
#include "core/registry.h"
#include "math/elementwise.h"
#include "math/matmul.h"

namespace nnrun {
namespace {

class Dense final : public Layer {
 public:
  static std::unique_ptr<Layer> from(Options& options) {
    constexpr std::int64_t kMostUnits = 1 << 24;
    const auto units = options.whole("units", whole_between(1, kMostUnits));
    auto weights = make<Initializer>(options.leaf("weights", "glorot_uniform")).leaf;
    auto bias = read_bias(options);
    return std::make_unique<Dense>(static_cast<std::size_t>(units), std::move(weights),
                                   std::move(bias), ParameterRule::from(options));
  }

  Dense(std::size_t units, std::shared_ptr<const Initializer> weights,
        std::shared_ptr<const Initializer> bias, ParameterRule rule)
      : units_(units),
        weights_(std::move(weights)),
        bias_(std::move(bias)),
        rule_(std::move(rule)) {}

  Shape output(const Shape& input) const override {
    if (input.size() != 1) {
      throw Misfit("dense needs rows, but its input is " + to_text(input) +
                   " for each sample; put flatten before it");
    }
    return {units_};
  }

  std::vector<Parameter> parameters(const Shape& input) const override {
    const std::size_t width = elements(input);
    const Fans fans{width, units_};
    // Transposed in memory: a feature's weights for all units lie together.
    std::vector<Parameter> all = {{"weights", {units_, width}, true, fans, weights_, rule_}};
    if (bias_) all.push_back({"bias", {units_}, false, fans, bias_, rule_});
    return all;
  }

  double multiply_adds(const Shape& input) const override {
    return static_cast<double>(units_) * static_cast<double>(elements(input));
  }

  bool takes_rows() const override { return true; }

  std::size_t affine_units() const override { return bias_ ? units_ : 0; }

  void forward(std::span<const Scalar> parameters, ConstMatrixView x, MatrixView y) const override {
    if (bias_) {
      fill_rows(parameters.last(units_), y);
    } else {
      std::fill(y.elements().begin(), y.elements().end(), Scalar{0});
    }
    add_product(x, {parameters.data(), x.columns(), units_}, y);
  }

  void backward(const Backward& pass) const override {
    const std::size_t width = pass.x.columns();
    add_left_transposed_product(pass.x, pass.dy, {pass.gradient.data(), width, units_});
    if (bias_) add_row_sums(pass.dy, pass.gradient.last(units_));
    if (pass.dx.empty()) return;
    right_transposed_product(pass.dy, {pass.parameters.data(), width, units_}, pass.dx);
  }

 private:
  std::size_t units_;
  std::shared_ptr<const Initializer> weights_;
  std::shared_ptr<const Initializer> bias_;  ///< null: there is none
  ParameterRule rule_;
};

const Register<Layer> kDense{"dense", "dense: {units: 3}", "y = x Wᵀ + b", Dense::from};

}  // namespace
}  // namespace nnrun

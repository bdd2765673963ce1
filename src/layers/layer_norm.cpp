// layer_norm: brings the values of each sample to mean 0 and variance 1.
//   y  = scale · x̂ + shift,  x̂ = (x − μ) / √(σ² + epsilon), μ and σ² over all values of the sample
//   dx = (g − mean of g − x̂ · mean of g · x̂) / √(σ² + epsilon),  g = dy · scale
//   d_scale = Σₙ dy · x̂,  d_shift = Σₙ dy
// Source:  Ba, Kiros, Hinton 2016; as PyTorch's LayerNorm whose normalized_shape is the sample's
// Shapes:  x, y, dx, dy [N, …]; scale, shift [ … ], of a sample's shape
// Options: epsilon  real > 0, default 1e-5
//          scale    initializer, default constant: {value: 1}
//          shift    initializer, default zeros
//          frozen, learning_rate  as for every layer with parameters (core/layer.h)
// Errors:  samples of one value, which would always become `shift`
#include <utility>

#include "core/layer.h"
#include "core/registry.h"
#include "math/normalize.h"

namespace nnrun {
namespace {

class LayerNorm final : public Layer {
 public:
  static std::unique_ptr<Layer> from(Options& options) {
    auto made = std::make_unique<LayerNorm>();
    made->epsilon_ = options.real("epsilon", positive(), 1e-5);
    made->scale_ = make<Initializer>(options.leaf("scale", "constant: {value: 1}")).leaf;
    made->shift_ = make<Initializer>(options.leaf("shift", "zeros")).leaf;
    made->rule_ = ParameterRule::from(options);
    return made;
  }

  Shape output(const Shape& input) const override {
    if (elements(input) < 2) {
      throw Misfit("layer_norm needs samples of at least 2 values, but its input is " +
                   to_text(input) + " for each sample");
    }
    return input;
  }

  std::vector<Parameter> parameters(const Shape& input) const override {
    return {{"scale", input, false, {}, scale_, rule_}, {"shift", input, false, {}, shift_, rule_}};
  }

  /// The statistics of each sample.
  std::size_t kept(const Shape& /*input*/) const override { return 2; }

  void forward_in(const Forward& pass) const override {
    const std::size_t width = pass.x.columns();
    for (std::size_t n = 0; n < pass.x.rows(); ++n) {
      const RowStatistics row = row_statistics(pass.x.row(n), epsilon_);
      normalize_row(pass.x.row(n), row, pass.parameters.first(width), pass.parameters.last(width),
                    pass.y.row(n));
      pass.kept.row(n)[0] = row.mean;
      pass.kept.row(n)[1] = row.inverse;
    }
  }

  void backward(const Backward& pass) const override {
    const std::size_t width = pass.x.columns();
    for (std::size_t n = 0; n < pass.x.rows(); ++n) {
      const RowStatistics row = {pass.kept.row(n)[0], pass.kept.row(n)[1]};
      add_row_gradient(pass.x.row(n), row, pass.dy.row(n), pass.gradient.first(width),
                       pass.gradient.last(width));
      if (pass.dx.empty()) continue;
      normalize_row_gradient(pass.x.row(n), row, pass.parameters.first(width), pass.dy.row(n),
                             pass.dx.row(n));
    }
  }

 private:
  double epsilon_ = 0;
  std::shared_ptr<const Initializer> scale_;
  std::shared_ptr<const Initializer> shift_;
  ParameterRule rule_;
};

const Register<Layer> kLayerNorm{"layer_norm", "layer_norm",
                                 "the values of each sample at mean 0 and variance 1",
                                 LayerNorm::from};

}  // namespace
}  // namespace nnrun

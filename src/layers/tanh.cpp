// tanh: squeezes every value into (−1, 1).
//   y  = tanh x
//   dx = dy · (1 − y²)
// Source:  LeCun, Bottou, Orr, Müller 1998, "Efficient BackProp", section 4.4
// Shapes:  x, y, dx, dy [N, …]
// Options: none
// Errors:  none
#include "core/layer.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

class Tanh final : public Layer {
 public:
  Shape output(const Shape& input) const override { return input; }

  std::optional<Limits> limits() const override { return Limits{-1, 1}; }

  void forward(std::span<const Scalar> /*parameters*/, ConstMatrixView x,
               MatrixView y) const override {
    hyperbolic_tangent(x.elements(), y.elements());
  }

  void backward(const Backward& pass) const override {
    if (pass.dx.empty()) return;
    hyperbolic_tangent_gradient(pass.y.elements(), pass.dy.elements(), pass.dx.elements());
  }
};

const Register<Layer> kTanh{"tanh", "tanh", "y = tanh(x)",
                            [](Options&) { return std::make_unique<Tanh>(); }};

}  // namespace
}  // namespace nnrun

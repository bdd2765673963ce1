// sigmoid: squeezes every value into (0, 1).
//   y  = 1 / (1 + e⁻ˣ)      (equations 1, 4, 8 of the report)
//   dx = dy · y · (1 − y)
// Source:  Verhulst 1845; equation 1 of the report
// Shapes:  x, y, dx, dy [N, …]
// Options: none
// Errors:  none
#include "core/layer.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

class Sigmoid final : public Layer {
 public:
  Shape output(const Shape& input) const override { return input; }

  Link link() const override { return Link::kSigmoid; }

  std::optional<Limits> limits() const override { return Limits{0, 1}; }

  void forward(std::span<const Scalar> /*parameters*/, ConstMatrixView x,
               MatrixView y) const override {
    sigmoid(x.elements(), y.elements());
  }

  void backward(const Backward& pass) const override {
    if (pass.dx.empty()) return;
    sigmoid_gradient(pass.y.elements(), pass.dy.elements(), pass.dx.elements());
  }
};

const Register<Layer> kSigmoid{"sigmoid", "sigmoid", "y = 1 / (1 + exp(-x))",
                               [](Options&) { return std::make_unique<Sigmoid>(); }};

}  // namespace
}  // namespace nnrun

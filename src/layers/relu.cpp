// relu: lets positive values through and stops the others.
//   y  = max(x, 0)
//   dx = dy where x > 0, else 0 (also at x = 0)
// Source:  Nair, Hinton 2010; Glorot, Bordes, Bengio 2011
// Shapes:  x, y, dx, dy [N, …]
// Options: none
// Errors:  none
#include <limits>

#include "core/layer.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

class Relu final : public Layer {
 public:
  Shape output(const Shape& input) const override { return input; }

  std::optional<Limits> limits() const override {
    return Limits{0, std::numeric_limits<Scalar>::infinity()};
  }

  void forward(std::span<const Scalar> /*parameters*/, ConstMatrixView x,
               MatrixView y) const override {
    rectify(x.elements(), y.elements());
  }

  void backward(const Backward& pass) const override {
    if (pass.dx.empty()) return;
    rectify_gradient(pass.y.elements(), pass.dy.elements(), pass.dx.elements());
  }
};

const Register<Layer> kRelu{"relu", "relu", "y = max(x, 0)",
                            [](Options&) { return std::make_unique<Relu>(); }};

}  // namespace
}  // namespace nnrun

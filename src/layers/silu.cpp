// silu: x times its sigmoid, a smooth ReLU; also called swish.
//   y  = x σ(x),  σ(x) = 1 / (1 + e⁻ˣ)
//   dx = dy · σ(x) (1 + x (1 − σ(x)))
// At −∞, y and dx are what they come to: 0.
// Source:  Elfwing, Uchibe, Doya 2018, "Sigmoid-weighted linear units for neural network function
//          approximation in reinforcement learning", equations 5 and 6
// Shapes:  x, y, dx, dy [N, …]
// Options: none
// Errors:  none
#include <algorithm>

#include "core/activation.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

class Silu final : public Activation {
  void values(Elements x, Results y) const override {
    sigmoid(x, y);
    update(y, x, [](Scalar s, Scalar v) { return std::max(v, -kLargestScalar) * s; });
  }

  void derivatives(Elements x, Results d) const override {
    sigmoid(x, d);
    update(d, x, [](Scalar s, Scalar v) {
      return s * (1 + std::clamp(v, -kLargestScalar, kLargestScalar) * (1 - s));
    });
  }
};

const Register<Layer> kSilu{"silu", "silu", "y = x · sigmoid(x)",
                            [](Options&) { return std::make_unique<Silu>(); }};

}  // namespace
}  // namespace nnrun

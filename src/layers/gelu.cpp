// gelu: x times the probability that a standard normal number is below it, a smooth ReLU.
//   y  = x Φ(x),  Φ(x) = (1 + erf(x / √2)) / 2: exact, not the approximation by tanh
//   dx = dy · (Φ(x) + x φ(x)),  φ(x) = e^(−x²/2) / √(2π)
// At −∞, y and dx are what they come to: 0.
// Source:  Hendrycks, Gimpel 2016, "Gaussian error linear units (GELUs)", section 2
// Shapes:  x, y, dx, dy [N, …]
// Options: none
// Errors:  none
#include <algorithm>
#include <numbers>

#include "core/activation.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

/// φ(0) = 1 / √(2π)
constexpr auto kDensityOfZero = static_cast<Scalar>(std::numbers::inv_sqrtpi / std::numbers::sqrt2);

class Gelu final : public Activation {
  void values(Elements x, Results y) const override {
    normal_distribution(x, y);
    update(y, x, [](Scalar below, Scalar v) { return std::max(v, -kLargestScalar) * below; });
  }

  void derivatives(Elements x, Results d) const override {
    Block room;
    const Results slope = std::span(room).first(x.size());
    map(x, slope, [](Scalar v) { return -v * v / 2; });
    exponential(slope, slope);
    update(slope, x, [](Scalar e, Scalar v) {
      return std::clamp(v, -kLargestScalar, kLargestScalar) * (kDensityOfZero * e);
    });
    normal_distribution(x, d);
    update(d, slope, [](Scalar below, Scalar x_density) { return below + x_density; });
  }
};

const Register<Layer> kGelu{"gelu", "gelu", "y = x · (1 + erf(x / sqrt(2))) / 2",
                            [](Options&) { return std::make_unique<Gelu>(); }};

}  // namespace
}  // namespace nnrun

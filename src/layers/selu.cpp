// selu: an ELU of such a scale that outputs of mean 0 and variance 1 stay so from layer to layer, with
// weights drawn by lecun_normal.
//   y  = λ x   where x > 0,  λ α (eˣ − 1)  elsewhere:  max(λ x, 0) + min(λ α (eˣ − 1), 0)
//   dx = λ dy  where x > 0,  λ α eˣ dy     elsewhere
//   α  = 1.6732632423543772, λ = 1.0507009873554805
// Source:  Klambauer, Unterthiner, Mayr, Hochreiter 2017, "Self-normalizing neural networks",
//          equations 2 and 14
// Shapes:  x, y, dx, dy [N, …]
// Options: none
// Errors:  none
#include <algorithm>

#include "core/activation.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

constexpr auto kAlpha = static_cast<Scalar>(1.6732632423543772);
constexpr auto kLambda = static_cast<Scalar>(1.0507009873554805);

class Selu final : public Activation {
  void values(Elements x, Results y) const override {
    exponential_minus_one(x, y);
    update(y, x, [](Scalar e, Scalar v) {
      return std::max(kLambda * v, Scalar{0}) + std::min(kLambda * kAlpha * e, Scalar{0});
    });
  }

  void derivatives(Elements x, Results d) const override {
    exponential(x, d);
    update(d, x, [](Scalar e, Scalar /*v*/) { return kLambda * kAlpha * e; });
    update(d, x, [](Scalar below, Scalar v) { return v > 0 ? kLambda : below; });
  }
};

const Register<Layer> kSelu{"selu", "selu", "y = 1.0507 · elu(x), with alpha = 1.6733",
                            [](Options&) { return std::make_unique<Selu>(); }};

}  // namespace
}  // namespace nnrun

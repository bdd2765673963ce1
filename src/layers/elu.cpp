// elu: a ReLU that goes smoothly down to −alpha below zero (smoothly at zero where alpha is 1).
//   y  = x   where x > 0,  alpha · (eˣ − 1)  elsewhere:  max(x, 0) + min(alpha · (eˣ − 1), 0)
//   dx = dy  where x > 0,  alpha · eˣ · dy   elsewhere
// Source:  Clevert, Unterthiner, Hochreiter 2016, "Fast and accurate deep network learning by
//          exponential linear units (ELUs)", equation 15
// Shapes:  x, y, dx, dy [N, …]
// Options: alpha  real > 0 and ≤ 1000000, default 1
// Errors:  none beyond its options
#include <algorithm>

#include "core/activation.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

class Elu final : public Activation {
 public:
  static std::unique_ptr<Layer> from(Options& options) {
    const RealBounds bounds{.least = 0, .most = 1e6, .open_least = true};
    return std::make_unique<Elu>(options.real("alpha", bounds, 1.0));
  }

  explicit Elu(double alpha) : alpha_(static_cast<Scalar>(alpha)) {}

 private:
  void values(Elements x, Results y) const override {
    exponential_minus_one(x, y);
    update(y, x, [alpha = alpha_](Scalar e, Scalar v) {
      return std::max(v, Scalar{0}) + std::min(alpha * e, Scalar{0});
    });
  }

  void derivatives(Elements x, Results d) const override {
    exponential(x, d);
    update(d, x, [alpha = alpha_](Scalar e, Scalar /*v*/) { return alpha * e; });
    update(d, x, [](Scalar below, Scalar v) { return v > 0 ? Scalar{1} : below; });
  }

  Scalar alpha_;
};

const Register<Layer> kElu{"elu", "elu: {alpha: 0.8}",
                           "y = x where x > 0, alpha · (exp(x) - 1) elsewhere", Elu::from};

}  // namespace
}  // namespace nnrun

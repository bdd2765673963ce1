// leaky_relu: a ReLU that lets a little through below zero.
//   y  = x   where x > 0,  slope · x   elsewhere:  max(x, 0) + slope · min(x, 0)
//   dx = dy  where x > 0,  slope · dy  elsewhere
// Source:  Maas, Hannun, Ng 2013, "Rectifier nonlinearities improve neural network acoustic models"
// Shapes:  x, y, dx, dy [N, …]
// Options: slope  real > 0 and ≤ 1000000, default 0.01
// Errors:  none beyond its options
#include <algorithm>

#include "core/activation.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

class LeakyRelu final : public Activation {
 public:
  static std::unique_ptr<Layer> from(Options& options) {
    const RealBounds bounds{.least = 0, .most = 1e6, .open_least = true};
    return std::make_unique<LeakyRelu>(options.real("slope", bounds, 0.01));
  }

  explicit LeakyRelu(double slope) : slope_(static_cast<Scalar>(slope)) {}

 private:
  void values(Elements x, Results y) const override {
    map(x, y, [slope = slope_](Scalar v) {
      return std::max(v, Scalar{0}) + slope * std::min(v, Scalar{0});
    });
  }

  void derivatives(Elements x, Results d) const override {
    map(x, d, [slope = slope_](Scalar v) { return v > 0 ? Scalar{1} : slope; });
  }

  Scalar slope_;
};

const Register<Layer> kLeakyRelu{"leaky_relu", "leaky_relu: {slope: 0.1}",
                                 "y = x where x > 0, slope · x elsewhere", LeakyRelu::from};

}  // namespace
}  // namespace nnrun

// softplus: a smooth ReLU that is always positive; the larger beta, the nearer.
//   y  = log(1 + e^(beta · x)) / beta = max(x, 0) + log(1 + e^−|beta · x|) / beta
//   dx = dy · σ(beta · x),  σ(z) = 1 / (1 + e⁻ᶻ)
// The second form neither overflows nor loses what is small. (PyTorch gives x itself where
// beta · x > 20; the difference is less than 3e-9 / beta.)
// Source:  Dugas, Bengio, Bélisle, Nadeau, Garcia 2001, "Incorporating second-order functional knowledge
//          for better option pricing"
// Shapes:  x, y, dx, dy [N, …]
// Options: beta  real ≥ 0.000001 and ≤ 1000000, default 1
// Errors:  none beyond its options
#include <algorithm>

#include "core/activation.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

class Softplus final : public Activation {
 public:
  static std::unique_ptr<Layer> from(Options& options) {
    return std::make_unique<Softplus>(options.real("beta", real_between(1e-6, 1e6), 1.0));
  }

  explicit Softplus(double beta) : beta_(static_cast<Scalar>(beta)) {}

 private:
  void values(Elements x, Results y) const override {
    map(x, y, [beta = beta_](Scalar v) { return beta * v; });
    softplus_excess(y, y);
    update(y, x, [beta = beta_](Scalar excess, Scalar v) {
      return std::max(v, Scalar{0}) + excess / beta;
    });
  }

  void derivatives(Elements x, Results d) const override {
    map(x, d, [beta = beta_](Scalar v) { return beta * v; });
    sigmoid(d, d);
  }

  Scalar beta_;
};

const Register<Layer> kSoftplus{"softplus", "softplus: {beta: 2}",
                                "y = log(1 + exp(beta · x)) / beta", Softplus::from};

}  // namespace
}  // namespace nnrun

// adamax: adam with a fading maximum in place of the root of the mean square.
//   m = beta1 · m + (1 − beta1) · dw,        m = 0 at first
//   u = max(beta2 · u, |dw| + epsilon),      u = 0 at first
//   w = w − rate / (1 − beta1ᵗ) · m / u      at step t = 1, 2, …
// Source:  Kingma, Ba 2015, algorithm 2, which has no epsilon; its place is PyTorch's
// Shapes:  elementwise
// Options: beta1, beta2      real ≥ 0 and < 1, default 0.9 and 0.999
//          epsilon           real > 0, default 1e-8
//          l2, weight_decay  real ≥ 0, default 0 (core/optimizer.h)
// Errors:  none beyond its options
#include <cmath>

#include "core/optimizer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Adamax final : public Optimizer {
 public:
  explicit Adamax(Options& options)
      : Optimizer(options),
        beta1_(options.real("beta1", kept_share(), 0.9)),
        beta2_(options.real("beta2", kept_share(), 0.999)),
        epsilon_(options.real("epsilon", positive(), 1e-8)) {}

  std::size_t slots() const override { return 2; }

  void step(const Step& step) const override {
    const auto t = static_cast<double>(step.update);
    const auto rate = static_cast<Scalar>(step.rate / (1 - std::pow(beta1_, t)));
    const auto beta1 = static_cast<Scalar>(beta1_);
    const auto rest = static_cast<Scalar>(1 - beta1_);
    const auto beta2 = static_cast<Scalar>(beta2_);
    const auto epsilon = static_cast<Scalar>(epsilon_);
    const auto w = step.parameters;
    const auto dw = step.gradient;
    const auto m = step.state[0];
    const auto u = step.state[1];
    for (std::size_t i = 0; i < w.size(); ++i) {
      m[i] = beta1 * m[i] + rest * dw[i];
      const Scalar faded = beta2 * u[i];
      const Scalar size = std::abs(dw[i]) + epsilon;
      u[i] = faded > size ? faded : size;
      w[i] -= rate * m[i] / u[i];
    }
  }

 private:
  double beta1_;
  double beta2_;
  double epsilon_;
};

const Register<Optimizer> kAdamax{
    "adamax", "adamax: {beta2: 0.999}",
    "adam with the largest of past gradients in place of their mean square",
    [](Options& options) { return std::make_unique<Adamax>(options); }};

}  // namespace
}  // namespace nnrun

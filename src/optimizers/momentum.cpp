// momentum: a step along a running sum of gradients, which fades.
//   v = momentum · v + dw,  v = 0 at first
//   w = w − rate · v
// Source:  Polyak 1964, equation 9, in PyTorch's form: the rate is no part of v, and nothing dampens dw
// Shapes:  elementwise
// Options: momentum          real ≥ 0 and < 1, default 0.9
//          l2, weight_decay  real ≥ 0, default 0 (core/optimizer.h)
// Errors:  none beyond its options
#include "core/optimizer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Momentum final : public Optimizer {
 public:
  explicit Momentum(Options& options)
      : Optimizer(options), momentum_(options.real("momentum", kept_share(), 0.9)) {}

  std::size_t slots() const override { return 1; }

  void step(const Step& step) const override {
    const auto rate = static_cast<Scalar>(step.rate);
    const auto momentum = static_cast<Scalar>(momentum_);
    const auto w = step.parameters;
    const auto dw = step.gradient;
    const auto v = step.state[0];
    for (std::size_t i = 0; i < w.size(); ++i) {
      v[i] = momentum * v[i] + dw[i];
      w[i] -= rate * v[i];
    }
  }

 private:
  double momentum_;
};

const Register<Optimizer> kMomentum{
    "momentum", "momentum: {momentum: 0.9}", "w = w - rate * v, v = momentum * v + dw",
    [](Options& options) { return std::make_unique<Momentum>(options); }};

}  // namespace
}  // namespace nnrun

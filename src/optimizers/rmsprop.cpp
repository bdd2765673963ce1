// rmsprop: a rate of each parameter's own, by the size that its gradient has had of late.
//   v = decay · v + (1 − decay) · dw²,  v = 0 at first
//   w = w − rate · dw / (√v + epsilon)
// Source:  Hinton, "Neural Networks for Machine Learning", lecture 6e; epsilon outside the root and no
//          correction of v for its start at 0, as in PyTorch
// Shapes:  elementwise
// Options: decay             real ≥ 0 and < 1, default 0.99
//          epsilon           real > 0, default 1e-8
//          l2, weight_decay  real ≥ 0, default 0 (core/optimizer.h)
// Errors:  none beyond its options
#include <cmath>

#include "core/optimizer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Rmsprop final : public Optimizer {
 public:
  explicit Rmsprop(Options& options)
      : Optimizer(options),
        decay_(options.real("decay", kept_share(), 0.99)),
        epsilon_(options.real("epsilon", positive(), 1e-8)) {}

  std::size_t slots() const override { return 1; }

  void step(const Step& step) const override {
    const auto rate = static_cast<Scalar>(step.rate);
    const auto decay = static_cast<Scalar>(decay_);
    const auto rest = static_cast<Scalar>(1 - decay_);
    const auto epsilon = static_cast<Scalar>(epsilon_);
    const auto w = step.parameters;
    const auto dw = step.gradient;
    const auto v = step.state[0];
    for (std::size_t i = 0; i < w.size(); ++i) {
      v[i] = decay * v[i] + rest * dw[i] * dw[i];
      w[i] -= rate * dw[i] / (std::sqrt(v[i]) + epsilon);
    }
  }

 private:
  double decay_;
  double epsilon_;
};

const Register<Optimizer> kRmsprop{
    "rmsprop", "rmsprop: {decay: 0.99}", "w = w - rate * dw / (rms(dw) + epsilon)",
    [](Options& options) { return std::make_unique<Rmsprop>(options); }};

}  // namespace
}  // namespace nnrun

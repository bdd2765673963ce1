// adadelta: steps as large as the past ones, in proportion to the gradient's usual size.
//   v = decay · v + (1 − decay) · dw²,  v = 0 at first
//   s = √(u + epsilon) / √(v + epsilon) · dw
//   u = decay · u + (1 − decay) · s²,   u = 0 at first
//   w = w − rate · s
// Source:  Zeiler 2012, algorithm 1, which has rate = 1
// Shapes:  elementwise
// Options: decay             real ≥ 0 and < 1, default 0.9
//          epsilon           real > 0, default 1e-6
//          l2, weight_decay  real ≥ 0, default 0 (core/optimizer.h)
// Errors:  none beyond its options
#include <cmath>

#include "core/optimizer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Adadelta final : public Optimizer {
 public:
  explicit Adadelta(Options& options)
      : Optimizer(options),
        decay_(options.real("decay", kept_share(), 0.9)),
        epsilon_(options.real("epsilon", positive(), 1e-6)) {}

  std::size_t slots() const override { return 2; }

  void step(const Step& step) const override {
    const auto rate = static_cast<Scalar>(step.rate);
    const auto decay = static_cast<Scalar>(decay_);
    const auto rest = static_cast<Scalar>(1 - decay_);
    const auto epsilon = static_cast<Scalar>(epsilon_);
    const auto w = step.parameters;
    const auto dw = step.gradient;
    const auto v = step.state[0];
    const auto u = step.state[1];
    for (std::size_t i = 0; i < w.size(); ++i) {
      v[i] = decay * v[i] + rest * dw[i] * dw[i];
      const Scalar s = std::sqrt(u[i] + epsilon) / std::sqrt(v[i] + epsilon) * dw[i];
      u[i] = decay * u[i] + rest * s * s;
      w[i] -= rate * s;
    }
  }

 private:
  double decay_;
  double epsilon_;
};

const Register<Optimizer> kAdadelta{
    "adadelta", "adadelta: {decay: 0.9}", "w = w - rate * dw * rms(past steps) / rms(dw)",
    [](Options& options) { return std::make_unique<Adadelta>(options); }};

}  // namespace
}  // namespace nnrun

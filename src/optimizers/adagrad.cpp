// adagrad: a rate of each parameter's own, which falls with all the gradients that it has had.
//   v = v + dw²,  v = 0 at first
//   w = w − rate · dw / (√v + epsilon)
// Source:  Duchi, Hazan, Singer 2011, figure 1; epsilon outside the root, as in PyTorch
// Shapes:  elementwise
// Options: epsilon           real > 0, default 1e-10
//          l2, weight_decay  real ≥ 0, default 0 (core/optimizer.h)
// Errors:  none beyond its options
#include <cmath>

#include "core/optimizer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Adagrad final : public Optimizer {
 public:
  explicit Adagrad(Options& options)
      : Optimizer(options), epsilon_(options.real("epsilon", positive(), 1e-10)) {}

  std::size_t slots() const override { return 1; }

  void step(const Step& step) const override {
    const auto rate = static_cast<Scalar>(step.rate);
    const auto epsilon = static_cast<Scalar>(epsilon_);
    const auto w = step.parameters;
    const auto dw = step.gradient;
    const auto v = step.state[0];
    for (std::size_t i = 0; i < w.size(); ++i) {
      v[i] += dw[i] * dw[i];
      w[i] -= rate * dw[i] / (std::sqrt(v[i]) + epsilon);
    }
  }

 private:
  double epsilon_;
};

const Register<Optimizer> kAdagrad{
    "adagrad", "adagrad: {epsilon: 1e-10}", "w = w - rate * dw / (sqrt(sum of dw^2) + epsilon)",
    [](Options& options) { return std::make_unique<Adagrad>(options); }};

}  // namespace
}  // namespace nnrun

// gradient_descent: a step down the gradient of the mean loss.
//   w = w − rate · dw                      (equations 21, 22 of the report)
// Source:  Cauchy 1847; equations 21, 22 of the report
// Shapes:  elementwise
// Options: l2, weight_decay  real ≥ 0, default 0 (core/optimizer.h); the learning rate is the experiment's
// Errors:  none
#include "core/optimizer.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

class GradientDescent final : public Optimizer {
 public:
  using Optimizer::Optimizer;

  void step(const Step& step) const override {
    descend(step.parameters, static_cast<Scalar>(step.rate), step.gradient);
  }
};

const Register<Optimizer> kGradientDescent{
    "gradient_descent", "gradient_descent", "w = w - rate * dw",
    [](Options& options) { return std::make_unique<GradientDescent>(options); }};

}  // namespace
}  // namespace nnrun

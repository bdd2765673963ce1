// gradient_descent: a step down the gradient of the mean loss.
//   w = w − rate · dw                      (equations 21, 22 of the report)
// Source:  Cauchy 1847; equations 21, 22 of the report
// Shapes:  elementwise
// Options: none; the learning rate is the experiment's
// Errors:  none
#include "core/optimizer.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

class GradientDescent final : public Optimizer {
 public:
  void step(double rate, std::span<Scalar> parameters,
            std::span<const Scalar> gradient) const override {
    descend(parameters, static_cast<Scalar>(rate), gradient);
  }
};

const Register<Optimizer> kGradientDescent{
    "gradient_descent", "gradient_descent", "w = w - rate * dw",
    [](Options&) { return std::make_unique<GradientDescent>(); }};

}  // namespace
}  // namespace nnrun

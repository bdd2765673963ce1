// exponential: the same factor from one time to the next.
//   rate(t) = from · factorᵗ
// Source:  PyTorch's ExponentialLR
// Shapes:  a number
// Units:   t in epochs or updates done, of T in all, as `by` says
// Options: from         real > 0: the rate at first
//          factor       real > 0
//          by, warm_up  as for every schedule (core/schedule.h)
// Errors:  none beyond its options
#include <cmath>

#include "core/registry.h"
#include "core/schedule.h"

namespace nnrun {
namespace {

class Exponential final : public Schedule {
 public:
  explicit Exponential(Options& options)
      : Schedule(options),
        from_(options.real("from", positive())),
        factor_(options.real("factor", positive())) {}

 private:
  double at(double t, double /*total*/, std::span<const double> /*numbers*/) const override {
    return from_ * std::pow(factor_, t);
  }

  double from_;
  double factor_;
};

const Register<Schedule> kExponential{
    "exponential", "exponential: {from: 0.1, factor: 0.95}",
    "a constant factor from one time to the next",
    [](Options& options) { return std::make_unique<Exponential>(options); }};

}  // namespace
}  // namespace nnrun

// step: the rate falls by a factor every so often.
//   rate(t) = from · factor^⌊t / every⌋
// Source:  PyTorch's StepLR
// Shapes:  a number
// Units:   t in epochs or updates done, of T in all, as `by` says
// Options: from         real > 0: the rate at first
//          factor       real > 0, default 0.1
//          every        whole number ≥ 1
//          by, warm_up  as for every schedule (core/schedule.h)
// Errors:  none beyond its options
#include <cmath>

#include "core/registry.h"
#include "core/schedule.h"

namespace nnrun {
namespace {

class Step final : public Schedule {
 public:
  explicit Step(Options& options)
      : Schedule(options),
        from_(options.real("from", positive())),
        factor_(options.real("factor", positive(), 0.1)),
        every_(static_cast<double>(options.whole("every", at_least(1)))) {}

 private:
  double at(double t, double /*total*/, std::span<const double> /*numbers*/) const override {
    return from_ * std::pow(factor_, std::floor(t / every_));
  }

  double from_;
  double factor_;
  double every_;
};

const Register<Schedule> kStep{"step", "step: {from: 0.1, every: 30}",
                               "falls by a factor every so often",
                               [](Options& options) { return std::make_unique<Step>(options); }};

}  // namespace
}  // namespace nnrun

// constant: the same learning rate all the time; what a number written as the learning rate means.
//   rate(t) = rate
// Source:  Cauchy 1847
// Shapes:  a number
// Units:   t in epochs or updates, as `by` says
// Options: rate         real > 0
//          by, warm_up  as for every schedule (core/schedule.h)
// Errors:  none beyond its options
#include "core/registry.h"
#include "core/schedule.h"

namespace nnrun {
namespace {

class Constant final : public Schedule {
 public:
  explicit Constant(Options& options)
      : Schedule(options), rate_(options.real("rate", positive())) {}

 private:
  double at(double /*t*/, double /*total*/, std::span<const double> /*numbers*/) const override {
    return rate_;
  }

  double rate_;
};

const Register<Schedule> kConstant{
    "constant", "constant: {rate: 0.1}", "the same rate all the time",
    [](Options& options) { return std::make_unique<Constant>(options); }};

}  // namespace
}  // namespace nnrun

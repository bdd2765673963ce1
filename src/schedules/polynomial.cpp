// polynomial: the rate falls with a power of the time that is left, a straight line by default.
//   rate(t) = (from − to) · (1 − t / T)^power + to
// Source:  Liu, Rabinovich, Berg 2015, section 3.2; PyTorch's PolynomialLR, which has to = 0
// Shapes:  a number
// Units:   t in epochs or updates done, of T in all, as `by` says
// Options: from         real > 0: the rate at first
//          to           real ≥ 0, default 0: the rate at T, when all is done
//          power        real > 0, default 1
//          by, warm_up  as for every schedule (core/schedule.h)
// Errors:  none beyond its options
#include <cmath>

#include "core/registry.h"
#include "core/schedule.h"

namespace nnrun {
namespace {

class Polynomial final : public Schedule {
 public:
  explicit Polynomial(Options& options)
      : Schedule(options),
        from_(options.real("from", positive())),
        to_(options.real("to", not_negative(), 0.0)),
        power_(options.real("power", positive(), 1.0)) {}

 private:
  double at(double t, double total, std::span<const double> /*numbers*/) const override {
    return (from_ - to_) * std::pow(1 - t / total, power_) + to_;
  }

  double from_;
  double to_;
  double power_;
};

const Register<Schedule> kPolynomial{
    "polynomial", "polynomial: {from: 0.1, power: 2}", "a power of the time that is left",
    [](Options& options) { return std::make_unique<Polynomial>(options); }};

}  // namespace
}  // namespace nnrun

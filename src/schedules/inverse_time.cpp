// inverse_time: the rate falls as 1 / t in the long run.
//   rate(t) = from / (1 + decay · t)
// Source:  Robbins, Monro 1951; Bottou 2012, section 5.2
// Shapes:  a number
// Units:   t in epochs or updates done, of T in all, as `by` says
// Options: from         real > 0: the rate at first
//          decay        real ≥ 0
//          by, warm_up  as for every schedule (core/schedule.h)
// Errors:  none beyond its options
#include "core/registry.h"
#include "core/schedule.h"

namespace nnrun {
namespace {

class InverseTime final : public Schedule {
 public:
  explicit InverseTime(Options& options)
      : Schedule(options),
        from_(options.real("from", positive())),
        decay_(options.real("decay", not_negative())) {}

 private:
  double at(double t, double /*total*/, std::span<const double> /*numbers*/) const override {
    return from_ / (1 + decay_ * t);
  }

  double from_;
  double decay_;
};

const Register<Schedule> kInverseTime{
    "inverse_time", "inverse_time: {from: 0.1, decay: 0.01}", "from / (1 + decay * t)",
    [](Options& options) { return std::make_unique<InverseTime>(options); }};

}  // namespace
}  // namespace nnrun

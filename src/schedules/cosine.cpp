// cosine: the rate falls as half a cosine wave.
//   rate(t) = to + (from − to) · (1 + cos(π · t / T)) / 2
// Source:  Loshchilov, Hutter 2017, equation 5, without restarts; PyTorch's CosineAnnealingLR
// Shapes:  a number
// Units:   t in epochs or updates done, of T in all, as `by` says
// Options: from         real > 0: the rate at first
//          to           real ≥ 0, default 0: the rate at T, when all is done
//          by, warm_up  as for every schedule (core/schedule.h)
// Errors:  none beyond its options
#include <cmath>
#include <numbers>

#include "core/registry.h"
#include "core/schedule.h"

namespace nnrun {
namespace {

class Cosine final : public Schedule {
 public:
  explicit Cosine(Options& options)
      : Schedule(options),
        from_(options.real("from", positive())),
        to_(options.real("to", not_negative(), 0.0)) {}

 private:
  double at(double t, double total, std::span<const double> /*numbers*/) const override {
    return to_ + (from_ - to_) * (1 + std::cos(std::numbers::pi * t / total)) / 2;
  }

  double from_;
  double to_;
};

const Register<Schedule> kCosine{
    "cosine", "cosine: {from: 1.0, to: 0.01}", "half a cosine wave from one rate to another",
    [](Options& options) { return std::make_unique<Cosine>(options); }};

}  // namespace
}  // namespace nnrun

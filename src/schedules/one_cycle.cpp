// one_cycle: the rate rises from a low one to the highest, then falls to almost nothing.
//   start = highest / start_divisor,  end = start / end_divisor,  p = rise · T − 1
//   rate(t) = highest + (start − highest) · (1 + cos(π · t / p)) / 2                 where t ≤ p
//             end + (highest − end) · (1 + cos(π · (t − p) / (T − 1 − p))) / 2       afterwards
// Source:  Smith, Topin 2018; PyTorch's OneCycleLR with cosines in two phases, and no cycle of the momentum
// Shapes:  a number
// Units:   t in epochs or updates done, of T in all, as `by` says
// Options: highest        real > 0
//          start_divisor  real > 0, default 25
//          end_divisor    real > 0, default 10000
//          rise           real ≥ 0 and < 1, default 0.3: the share of T in which the rate rises
//          by, warm_up    as for every schedule (core/schedule.h), but `by` is update by default
// Errors:  none beyond its options
#include <cmath>
#include <numbers>

#include "core/registry.h"
#include "core/schedule.h"

namespace nnrun {
namespace {

class OneCycle final : public Schedule {
 public:
  explicit OneCycle(Options& options)
      : Schedule(options, By::kUpdate),
        highest_(options.real("highest", positive())),
        start_(highest_ / options.real("start_divisor", positive(), 25)),
        end_(start_ / options.real("end_divisor", positive(), 10000)),
        rise_(options.real("rise", {.least = 0, .most = 1, .open_most = true}, 0.3)) {}

 private:
  double at(double t, double total, std::span<const double> /*numbers*/) const override {
    const double peak = rise_ * total - 1;
    if (t < peak) return between(start_, highest_, t / peak);
    return between(highest_, end_, (t - peak) / (total - 1 - peak));
  }

  /// From one rate to another as half a cosine wave, `share` of the way.
  static double between(double from, double to, double share) {
    return to + (from - to) * (1 + std::cos(std::numbers::pi * share)) / 2;
  }

  double highest_;
  double start_;
  double end_;
  double rise_;
};

const Register<Schedule> kOneCycle{
    "one_cycle", "one_cycle: {highest: 0.5}", "up to the highest rate and down to almost nothing",
    [](Options& options) { return std::make_unique<OneCycle>(options); }};

}  // namespace
}  // namespace nnrun

// multi_step: the rate falls by a factor at given times.
//   rate(t) = from · factor^(how many of `at` are ≤ t)
// Source:  He, Zhang, Ren, Sun 2016, section 3.4; PyTorch's MultiStepLR
// Shapes:  a number
// Units:   t in epochs or updates done, of T in all, as `by` says
// Options: from         real > 0: the rate at first
//          factor       real > 0, default 0.1
//          at           list of whole numbers ≥ 1, each larger than the one before
//          by, warm_up  as for every schedule (core/schedule.h)
// Errors:  a time that does not come after the one before
#include <algorithm>
#include <cmath>
#include <vector>

#include "config/plain_numbers.h"
#include "core/registry.h"
#include "core/schedule.h"

namespace nnrun {
namespace {

constexpr WholeBounds kTime{.least = 1};

std::vector<double> read_times(Options& options) {
  std::vector<double> times;
  for (const Slot& slot : options.list("at", list_form(whole_form(kTime)), true)) {
    if (slot.node == nullptr) continue;
    const auto time = plain_whole(*slot.node);
    if (!time || !kTime.admit(*time)) {
      slot.expected(kTime.text());
    } else if (!times.empty() && static_cast<double>(*time) <= times.back()) {
      slot.expected(fmt::format("a whole number above the {} before it", times.back()));
    } else {
      times.push_back(static_cast<double>(*time));
    }
  }
  return times;
}

class MultiStep final : public Schedule {
 public:
  explicit MultiStep(Options& options)
      : Schedule(options),
        from_(options.real("from", positive())),
        factor_(options.real("factor", positive(), 0.1)),
        times_(read_times(options)) {}

 private:
  double at(double t, double /*total*/, std::span<const double> /*numbers*/) const override {
    const auto next = std::upper_bound(times_.begin(), times_.end(), t);
    return from_ * std::pow(factor_, next - times_.begin());
  }

  double from_;
  double factor_;
  std::vector<double> times_;
};

const Register<Schedule> kMultiStep{
    "multi_step", "multi_step: {from: 0.1, at: [30, 60]}", "falls by a factor at given times",
    [](Options& options) { return std::make_unique<MultiStep>(options); }};

}  // namespace
}  // namespace nnrun

// reduce_on_plateau: the rate falls by a factor when the loss has not for a while.
//   after each epoch: best = loss where loss < best · (1 − threshold), or it is the first;
//   an epoch without a new best is a bad one, but for `cooldown` epochs after a reduction;
//   after more than `patience` bad ones in a row: rate = max(factor · rate, lowest)
// Source:  PyTorch's ReduceLROnPlateau, with its rule that a rate that would change by 1e-8 or less stays
//          The loss is validation_loss, or train_loss where nothing is validated
// Shapes:  a number
// Units:   t in epochs or updates done, of T in all, as `by` says
// Options: from         real > 0: the rate at first
//          factor       real > 0 and < 1, default 0.1
//          patience     whole number ≥ 0, default 10: bad epochs that are let pass
//          threshold    real ≥ 0 and < 1, default 1e-4: relative
//          cooldown     whole number ≥ 0, default 0: epochs after a reduction
//          lowest       real ≥ 0, default 0
//          by, warm_up  as for every schedule (core/schedule.h); the warm-up's losses count for nothing,
//                       and `by` is what the warm-up is counted in
// Errors:  none beyond its options
#include <algorithm>

#include "core/registry.h"
#include "core/schedule.h"

namespace nnrun {
namespace {

class ReduceOnPlateau final : public Schedule {
 public:
  explicit ReduceOnPlateau(Options& options)
      : Schedule(options),
        from_(options.real("from", positive())),
        factor_(options.real("factor", kFactor, 0.1)),
        patience_(static_cast<double>(options.whole("patience", at_least(0), 10))),
        threshold_(options.real("threshold", kThreshold, 1e-4)),
        cooldown_(static_cast<double>(options.whole("cooldown", at_least(0), 0))),
        lowest_(options.real("lowest", not_negative(), 0.0)) {}

  std::size_t numbers() const override { return kCount; }

 private:
  double at(double /*t*/, double /*total*/, std::span<const double> numbers) const override {
    return numbers[kRate] == 0 ? from_ : numbers[kRate];
  }

  void learn(double loss, std::span<double> numbers) const override {
    constexpr double kLeastChange = 1e-8;
    if (numbers[kRate] == 0 || loss < numbers[kBest] * (1 - threshold_)) {
      numbers[kRate] = numbers[kRate] == 0 ? from_ : numbers[kRate];
      numbers[kBest] = loss;
      numbers[kBad] = 0;
    } else {
      ++numbers[kBad];
    }
    if (numbers[kCooldown] > 0) {
      --numbers[kCooldown];
      numbers[kBad] = 0;
    }
    if (numbers[kBad] <= patience_) return;
    const double reduced = std::max(numbers[kRate] * factor_, lowest_);
    if (numbers[kRate] - reduced > kLeastChange) numbers[kRate] = reduced;
    numbers[kCooldown] = cooldown_;
    numbers[kBad] = 0;
  }

  static constexpr RealBounds kFactor{.least = 0, .most = 1, .open_least = true, .open_most = true};
  static constexpr RealBounds kThreshold{.least = 0, .most = 1, .open_most = true};

  /// What is remembered of a run. A rate of 0: no loss was seen yet.
  enum Number : std::size_t { kRate, kBest, kBad, kCooldown, kCount };

  double from_;
  double factor_;
  double patience_;
  double threshold_;
  double cooldown_;
  double lowest_;
};

const Register<Schedule> kReduceOnPlateau{
    "reduce_on_plateau", "reduce_on_plateau: {from: 0.1, patience: 5}",
    "falls by a factor when the loss no longer does",
    [](Options& options) { return std::make_unique<ReduceOnPlateau>(options); }};

}  // namespace
}  // namespace nnrun

// rprop: each parameter has a step of its own, which grows while the gradient keeps its sign.
//   c = dw · (the dw before), 0 at first
//   s = rate at first; then grow · s where c > 0, shrink · s where c < 0; always smallest ≤ s ≤ largest
//   where c < 0 dw counts as 0, now and as the dw before of the next step
//   w = w − sign(dw) · s
// Source:  Riedmiller, Braun 1993, without going back after a change of sign, as in PyTorch
//          (Igel, Hüsken 2000: Rprop−, but for the step that is left out)
// Shapes:  elementwise
// Options: shrink            real > 0 and < 1, default 0.5
//          grow              real > 1, default 1.2
//          smallest, largest real > 0, default 1e-6 and 50, smallest ≤ largest
//          l2, weight_decay  real ≥ 0, default 0 (core/optimizer.h)
//          of the learning rate only the first value matters, but to weight_decay
// Errors:  smallest above largest
#include <algorithm>

#include "core/optimizer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

/// −1, 0 or 1; NaN of NaN.
Scalar sign(Scalar x) { return x > 0 ? Scalar{1} : (x < 0 ? Scalar{-1} : x); }

class Rprop final : public Optimizer {
 public:
  explicit Rprop(Options& options)
      : Optimizer(options),
        shrink_(options.real("shrink", kShrink, 0.5)),
        grow_(options.real("grow", kGrow, 1.2)),
        smallest_(options.real("smallest", positive(), 1e-6)),
        largest_(options.real("largest", positive(), 50)) {
    if (smallest_ > largest_) options.fail("smallest", "is above largest");
  }

  std::size_t slots() const override { return 2; }

  void step(const Step& step) const override {
    const auto shrink = static_cast<Scalar>(shrink_);
    const auto grow = static_cast<Scalar>(grow_);
    const auto smallest = static_cast<Scalar>(smallest_);
    const auto largest = static_cast<Scalar>(largest_);
    const auto w = step.parameters;
    const auto before = step.state[0];
    const auto size = step.state[1];
    if (step.update == 1) std::fill(size.begin(), size.end(), static_cast<Scalar>(step.rate));
    for (std::size_t i = 0; i < w.size(); ++i) {
      const Scalar now = sign(step.gradient[i]);
      const Scalar agreement = now * before[i];
      Scalar next = size[i] * (agreement > 0 ? grow : Scalar{1});
      next = agreement < 0 ? size[i] * shrink : next;
      next = next > smallest ? next : smallest;
      next = next < largest ? next : largest;
      const Scalar direction = agreement < 0 ? Scalar{0} : now;
      w[i] -= direction * next;
      size[i] = next;
      before[i] = direction;
    }
  }

 private:
  static constexpr RealBounds kShrink{.least = 0, .most = 1, .open_least = true, .open_most = true};
  static constexpr RealBounds kGrow{.least = 1, .open_least = true};

  double shrink_;
  double grow_;
  double smallest_;
  double largest_;
};

const Register<Optimizer> kRprop{"rprop", "rprop: {grow: 1.2}",
                                 "steps by the sign of the gradient alone",
                                 [](Options& options) { return std::make_unique<Rprop>(options); }};

}  // namespace
}  // namespace nnrun

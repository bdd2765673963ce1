// huber: squared close to the target and straight further away, so that no sample pulls too hard.
//   L  = 1/K Σₖ ½ (a − y)²                   where |a − y| ≤ delta,
//               delta (|a − y| − delta / 2)  elsewhere
//   da = 1/K (a − y)                         where |a − y| ≤ delta,
//        1/K delta sign(a − y)               elsewhere
// Source:  Huber 1964, as PyTorch's HuberLoss and Keras have it
// Shapes:  a, da [N, K]
// Units:   the outputs' squared, mean over samples
// Options: delta      real > 0, default 1
//          reduction  mean (default) or sum, over outputs and samples
// Errors:  none beyond its options
#include <algorithm>
#include <cmath>

#include "core/loss.h"
#include "core/misses.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Huber final : public Loss {
 public:
  explicit Huber(Options& options) : Loss(options), delta_(options.real("delta", positive(), 1)) {}

  std::optional<std::string> misfit(const NetworkEnd& /*end*/) const override {
    return std::nullopt;
  }

  std::string_view unit() const override { return "squared output"; }

  double sum(const Prediction& prediction, const Targets& targets) const override {
    const double total = sum_of_misses(prediction, targets, [this](double miss) {
      const double size = std::abs(miss);
      return size <= delta_ ? miss * miss / 2 : delta_ * (size - delta_ / 2);
    });
    return total / static_cast<double>(divisor(prediction.outputs.columns()));
  }

  void gradient(const Prediction& prediction, const Targets& targets, Scalar scale,
                MatrixView da) const override {
    const Scalar each = scale / static_cast<Scalar>(divisor(da.columns()));
    const auto most = static_cast<Scalar>(delta_);
    slopes_of_misses(prediction, targets, da,
                     [&](Scalar miss) { return each * std::clamp(miss, -most, most); });
  }

 private:
  double delta_;
};

const Register<Loss> kHuber{"huber", "huber: {delta: 0.5}",
                            "(a - y)^2 / 2 up to delta, straight from there",
                            [](Options& options) { return std::make_unique<Huber>(options); }};

}  // namespace
}  // namespace nnrun

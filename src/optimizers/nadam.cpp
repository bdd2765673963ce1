// nadam: adam that looks ahead as nesterov does, with a momentum that rises towards beta1.
//   μₜ = beta1 · (1 − ½ · 0.96^(t · momentum_decay)),  Pₜ = μ₁ · … · μₜ
//   m, v as in adam
//   w = w − rate · (μₜ₊₁ · m / (1 − Pₜ₊₁) + (1 − μₜ) · dw / (1 − Pₜ)) / (√(v / (1 − beta2ᵗ)) + epsilon)
//   at step t = 1, 2, …
// Source:  Dozat 2016, algorithm 2, as PyTorch documents it (in PyTorch 1.13 one of its two
//          implementations multiplies Pₜ₊₁ by μₜ twice)
// Shapes:  elementwise
// Options: momentum_decay    real ≥ 0, default 0.004
//          beta1, beta2      real ≥ 0 and < 1, default 0.9 and 0.999
//          epsilon           real > 0, default 1e-8
//          l2, weight_decay  real ≥ 0, default 0 (core/optimizer.h)
// Errors:  none beyond its options
#include "core/moment_optimizer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Nadam final : public MomentOptimizer {
 public:
  explicit Nadam(Options& options)
      : MomentOptimizer(options),
        fading_(std::pow(0.96, options.real("momentum_decay", not_negative(), 0.004))) {}

 private:
  double momentum(double t) const { return beta1() * (1 - std::pow(fading_, t) / 2); }

  /// P at step t.
  double product(double t) const {
    constexpr double kVanishes = 1e-20;  // beside 1
    double all = 1;
    double faded = 1;
    for (double i = 1; i <= t && all > kVanishes; ++i) {
      faded *= fading_;
      all *= beta1() * (1 - faded / 2);
    }
    return all;
  }

  Shares shares_at(double rate, double t) const override {
    const double now = momentum(t);
    const double next = momentum(t + 1);
    const double all = product(t);
    return {rate * next / (1 - all * next), rate * (1 - now) / (1 - all)};
  }

  double fading_;
};

const Register<Optimizer> kNadam{"nadam", "nadam: {momentum_decay: 0.004}",
                                 "adam that looks ahead as nesterov does",
                                 [](Options& options) { return std::make_unique<Nadam>(options); }};

}  // namespace
}  // namespace nnrun

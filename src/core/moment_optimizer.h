// Optimizers that scale a running mean of the gradient by a running mean of its square.
#pragma once

#include <cmath>

#include "core/optimizer.h"

namespace nnrun {

/// Adam, and what is a variation of it.
///   m = beta1 · m + (1 − beta1) · dw,   m = 0 at first
///   v = beta2 · v + (1 − beta2) · dw²,  v = 0 at first
///   w = w − (a · m + b · dw) / (√(v / (1 − beta2ᵗ)) + epsilon)    at step t = 1, 2, …
/// Adam itself has a = rate / (1 − beta1ᵗ) and b = 0.
/// Source: Kingma, Ba 2015, algorithm 1; epsilon outside the root
///
/// Reads beta1, beta2: real ≥ 0 and < 1, default 0.9 and 0.999; epsilon: real > 0, default 1e-8.
class MomentOptimizer : public Optimizer {
 public:
  explicit MomentOptimizer(Options& options, double weight_decay = 0)
      : Optimizer(options, weight_decay),
        beta1_(options.real("beta1", kept_share(), 0.9)),
        beta2_(options.real("beta2", kept_share(), 0.999)),
        epsilon_(options.real("epsilon", positive(), 1e-8)) {}

  std::size_t slots() const final { return 2; }

  // In the header, so that it is compiled as the leaves are (CMakeLists.txt).
  void step(const Step& step) const final {
    const auto t = static_cast<double>(step.update);
    const Shares shares = shares_at(step.rate, t);
    const auto of_mean = static_cast<Scalar>(shares.of_mean);
    const auto of_gradient = static_cast<Scalar>(shares.of_gradient);
    const auto to_root = static_cast<Scalar>(1 / std::sqrt(1 - std::pow(beta2_, t)));
    const auto beta1 = static_cast<Scalar>(beta1_);
    const auto rest1 = static_cast<Scalar>(1 - beta1_);
    const auto beta2 = static_cast<Scalar>(beta2_);
    const auto rest2 = static_cast<Scalar>(1 - beta2_);
    const auto epsilon = static_cast<Scalar>(epsilon_);
    const auto w = step.parameters;
    const auto dw = step.gradient;
    const auto m = step.state[0];
    const auto v = step.state[1];
    for (std::size_t i = 0; i < w.size(); ++i) {
      m[i] = beta1 * m[i] + rest1 * dw[i];
      v[i] = beta2 * v[i] + rest2 * dw[i] * dw[i];
      w[i] -= (of_mean * m[i] + of_gradient * dw[i]) / (std::sqrt(v[i]) * to_root + epsilon);
    }
  }

 protected:
  /// a and b above.
  struct Shares {
    double of_mean;
    double of_gradient;
  };
  virtual Shares shares_at(double rate, double t) const {
    return {rate / (1 - std::pow(beta1_, t)), 0};
  }

  double beta1() const { return beta1_; }

 private:
  double beta1_;
  double beta2_;
  double epsilon_;
};

}  // namespace nnrun

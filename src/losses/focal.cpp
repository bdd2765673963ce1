// focal: cross entropy that counts what is known already for less.
//   L  = −(1 − p)^gamma log p                with p the output of what is right
//   after softmax or log_softmax: p = p_y;  after sigmoid, for each of K outputs: p = a for a yes and
//   1 − a for a no, the mean over the outputs, and with alpha each yes counts alpha and each no 1 − alpha
//   With u = log((1 − p) / p):  L = σ(u)^gamma log(1 + e^u)      (the form computed: stable for any z)
//     dL/du = σ(u)^gamma (gamma (1 − σ(u)) log(1 + e^u) + σ(u)), σ the sigmoid
//     sigmoid: u = −t z, t = ±1;  softmax: u = log Σ over k ≠ y of e^(z_k − z_y)
// Source:  Lin et al. 2017, equations 4 and 5; PyTorch has none
// Shapes:  z, dz [N, K]
// Units:   nats, mean over samples
// Options: gamma      real ≥ 0, default 2
//          alpha      real in (0, 1), default none; after sigmoid only
//          reduction  mean (default) or sum, over outputs and samples
// Errors:  another last layer; alpha after softmax
#include <algorithm>
#include <cmath>

#include "core/loss.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

class Focal final : public Loss {
 public:
  explicit Focal(Options& options)
      : Loss(options),
        gamma_(options.real("gamma", not_negative(), 2)),
        alpha_(options.optional_real(
            "alpha", {.least = 0, .most = 1, .open_least = true, .open_most = true})) {}

  std::optional<std::string> misfit(const NetworkEnd& end) const override {
    if (end.last_layer == "sigmoid") return std::nullopt;
    if (end.last_layer != "softmax" && end.last_layer != "log_softmax") {
      return "focal needs sigmoid, softmax or log_softmax as the last layer, which is " +
             end.last_layer;
    }
    if (end.labels == LabelKind::kBinary) {
      return "focal needs 'labels: classes' after " + end.last_layer +
             "; for one_vs_rest use sigmoid";
    }
    if (!alpha_) return std::nullopt;
    return "alpha weighs yes against no, which needs sigmoid as the last layer, which is " +
           end.last_layer;
  }

  bool is_joint(Link last) const override { return last != Link::kOther; }

  std::string_view unit() const override { return "nats"; }

  double sum(const Prediction& prediction, const Targets& targets) const override {
    const bool by_output = prediction.link == Link::kSigmoid;
    double total = 0;
    for (std::size_t n = 0; n < prediction.logits.rows(); ++n) {
      const auto z = prediction.logits.row(n);
      if (by_output) {
        for (std::size_t k = 0; k < z.size(); ++k) total += of_output(z[k], targets.at(n, k));
      } else {
        total += value(odds_against(z, targets.labels[n]));
      }
    }
    return by_output ? total / static_cast<double>(divisor(prediction.logits.columns())) : total;
  }

  void gradient(const Prediction& prediction, const Targets& targets, Scalar scale,
                MatrixView dz) const override {
    for (std::size_t n = 0; n < dz.rows(); ++n) {
      const auto z = prediction.logits.row(n);
      if (prediction.link == Link::kSigmoid) {
        const Scalar each = scale / static_cast<Scalar>(divisor(dz.columns()));
        for (std::size_t k = 0; k < z.size(); ++k) {
          dz.row(n)[k] = each * slope_of_output(z[k], targets.at(n, k));
        }
      } else {
        gradient_of_classes(z, targets.labels[n], scale, dz.row(n));
      }
    }
  }

 private:
  static double sigmoid(double u) { return 1 / (1 + std::exp(-u)); }

  double value(double u) const { return std::pow(sigmoid(u), gamma_) * softplus(u); }

  /// dL/du
  double slope(double u) const {
    const double wrong = sigmoid(u);
    return std::pow(wrong, gamma_) * (gamma_ * sigmoid(-u) * softplus(u) + wrong);
  }

  double weight(bool yes) const { return alpha_ ? (yes ? *alpha_ : 1 - *alpha_) : 1; }

  double of_output(Scalar z, Scalar target) const {
    const bool yes = target == 1;
    return weight(yes) * value(yes ? -static_cast<double>(z) : static_cast<double>(z));
  }

  Scalar slope_of_output(Scalar z, Scalar target) const {
    const bool yes = target == 1;
    const double u = yes ? -static_cast<double>(z) : static_cast<double>(z);
    return static_cast<Scalar>(weight(yes) * (yes ? -slope(u) : slope(u)));
  }

  static double largest_other(std::span<const Scalar> z, std::size_t label) {
    Scalar most = z[label == 0 ? 1 : 0];
    for (std::size_t k = 0; k < z.size(); ++k) {
      if (k != label) most = std::max(most, z[k]);
    }
    return static_cast<double>(most);
  }

  /// log Σ over k ≠ y of e^(z_k − z_y)
  static double odds_against(std::span<const Scalar> z, std::size_t label) {
    const double most = largest_other(z, label);
    double total = 0;
    for (std::size_t k = 0; k < z.size(); ++k) {
      if (k != label) total += std::exp(static_cast<double>(z[k]) - most);
    }
    return most - static_cast<double>(z[label]) + std::log(total);
  }

  /// u falls as fast as the right logit grows, and grows with the others by their share of each other.
  void gradient_of_classes(std::span<const Scalar> z, std::size_t label, Scalar scale,
                           std::span<Scalar> dz) const {
    const double u = odds_against(z, label);
    const double of_u = slope(u);
    for (std::size_t k = 0; k < z.size(); ++k) {
      const double away = static_cast<double>(z[k]) - static_cast<double>(z[label]);
      dz[k] = scale * static_cast<Scalar>(k == label ? -of_u : of_u * std::exp(away - u));
    }
  }

  double gamma_;
  std::optional<double> alpha_;
};

const Register<Loss> kFocal{"focal", "focal: {gamma: 1.5}",
                            "-(1 - p)^gamma log(p), after sigmoid or softmax",
                            [](Options& options) { return std::make_unique<Focal>(options); }};

}  // namespace
}  // namespace nnrun

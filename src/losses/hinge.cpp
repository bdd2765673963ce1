// hinge: asks that the right answer is ahead by a margin, and no more than that.
//   L    = max(0, margin − t a), t = 1 for a yes and −1 for a no     labels one_vs_rest, one output
//   L    = 1/K Σ over k ≠ y of max(0, margin − a_y + a_k)            labels classes, K outputs
//   da   = −t where L is above 0, else 0                             one output
//   da_k = 1/K and da_y −= 1/K for each k whose part is above 0      K outputs
// Source:  Cortes, Vapnik 1995; Weston, Watkins 1999; the 1/K is PyTorch's MultiMarginLoss, which
//          keeps it in its sum as well. A metric still takes an output above 0.5 for a yes.
// Shapes:  a, da [N, 1] or [N, K]
// Units:   the outputs', mean over samples
// Options: margin     real > 0, default 1
//          reduction  mean (default) or sum over samples
// Errors:  none beyond its options
#include <algorithm>

#include "core/loss.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Hinge final : public Loss {
 public:
  explicit Hinge(Options& options)
      : Loss(options), margin_(options.real("margin", positive(), 1)) {}

  std::optional<std::string> misfit(const NetworkEnd& /*end*/) const override {
    return std::nullopt;
  }

  std::string_view unit() const override { return "output"; }

  double sum(const Prediction& prediction, const Targets& targets) const override {
    double total = 0;
    for (std::size_t n = 0; n < prediction.outputs.rows(); ++n) {
      const auto a = prediction.outputs.row(n);
      total += targets.kind == LabelKind::kBinary ? of_yes_or_no(a[0], targets.at(n, 0))
                                                  : of_classes(a, targets.labels[n]);
    }
    return total;
  }

  void gradient(const Prediction& prediction, const Targets& targets, Scalar scale,
                MatrixView da) const override {
    for (std::size_t n = 0; n < da.rows(); ++n) {
      const auto a = prediction.outputs.row(n);
      if (targets.kind == LabelKind::kBinary) {
        const bool short_of_it = of_yes_or_no(a[0], targets.at(n, 0)) > 0;
        da.row(n)[0] = short_of_it ? -scale * sign(targets.at(n, 0)) : Scalar{0};
      } else {
        gradient_of_classes(a, targets.labels[n], scale / static_cast<Scalar>(a.size()), da.row(n));
      }
    }
  }

 private:
  static Scalar sign(Scalar target) { return target == 1 ? Scalar{1} : Scalar{-1}; }

  /// NaN stays NaN: max(0, NaN) would be 0.
  static double above_zero(double lacking) { return lacking < 0 ? 0 : lacking; }

  double of_yes_or_no(Scalar a, Scalar target) const {
    return above_zero(margin_ - static_cast<double>(sign(target) * a));
  }

  /// How far the right class is from being ahead of another by the margin.
  double lacking(Scalar right, Scalar other) const {
    return above_zero(margin_ - static_cast<double>(right) + static_cast<double>(other));
  }

  double of_classes(std::span<const Scalar> a, std::size_t label) const {
    double total = 0;
    for (std::size_t k = 0; k < a.size(); ++k) {
      if (k != label) total += lacking(a[label], a[k]);
    }
    return total / static_cast<double>(a.size());
  }

  void gradient_of_classes(std::span<const Scalar> a, std::size_t label, Scalar each,
                           std::span<Scalar> da) const {
    Scalar ahead = 0;
    for (std::size_t k = 0; k < a.size(); ++k) {
      const bool counts = k != label && lacking(a[label], a[k]) > 0;
      da[k] = counts ? each : Scalar{0};
      ahead += da[k];
    }
    da[label] = -ahead;
  }

  double margin_;
};

const Register<Loss> kHinge{"hinge", "hinge: {margin: 0.5}",
                            "what the right answer lacks of being ahead by a margin",
                            [](Options& options) { return std::make_unique<Hinge>(options); }};

}  // namespace
}  // namespace nnrun

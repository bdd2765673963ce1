// cross_entropy: how surprised the network is by the class, for K classes that exclude each other.
//   L  = −log a_y = log Σ e^z − z_y        (y: the sample's class)
//   dz = a − Y                             (equation 28 of the report: joint with softmax, Y one-hot)
// Source:  equation 28 of the report; Bishop 2006, equations 4.108 and 4.109
// Shapes:  z, a, dz [N, K], K ≥ 2
// Units:   nats, mean over samples
// Options: none
// Errors:  the last layer is not softmax; the labels are not classes
#include <algorithm>
#include <cmath>

#include "core/loss.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class CrossEntropy final : public Loss {
 public:
  std::optional<std::string> misfit(const NetworkEnd& end) const override {
    if (end.labels == LabelKind::kBinary) {
      return "cross_entropy needs 'labels: classes'; for one_vs_rest use binary_cross_entropy "
             "after "
             "sigmoid";
    }
    if (end.last_layer == "softmax") return std::nullopt;
    return "cross_entropy needs softmax as the last layer, which is " + end.last_layer;
  }

  std::string_view joint_activation() const override { return "softmax"; }

  double sum(const Prediction& prediction, const Targets& targets) const override {
    double total = 0;
    for (std::size_t n = 0; n < prediction.logits.rows(); ++n) {
      total += one(prediction.logits.row(n), prediction.outputs.row(n), targets.labels[n]);
    }
    return total;
  }

  void gradient(const Prediction& prediction, const Targets& targets, Scalar scale,
                MatrixView dz) const override {
    for (std::size_t n = 0; n < dz.rows(); ++n) {
      const auto a = prediction.outputs.row(n);
      const auto row = dz.row(n);
      std::transform(a.begin(), a.end(), row.begin(), [&](Scalar value) { return scale * value; });
      row[targets.labels[n]] = scale * (a[targets.labels[n]] - Scalar{1});
    }
  }

 private:
  /// With m = max z: log Σ e^z = m + log Σ e^(z − m) = m − log(max a), which neither overflows nor
  /// loses the loss of a class whose a underflows.
  static double one(std::span<const Scalar> z, std::span<const Scalar> a, std::size_t label) {
    const auto largest = static_cast<std::size_t>(std::max_element(z.begin(), z.end()) - z.begin());
    return static_cast<double>(z[largest] - z[label] - std::log(a[largest]));
  }
};

const Register<Loss> kCrossEntropy{"cross_entropy", "cross_entropy",
                                   "-log(output of the class), after softmax",
                                   [](Options&) { return std::make_unique<CrossEntropy>(); }};

}  // namespace
}  // namespace nnrun

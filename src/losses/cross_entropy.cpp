// cross_entropy: how surprised the network is by the class, for K classes that exclude each other.
//   L  = −log a_y = log Σ e^z − z_y        (y: the sample's class)
//   dz = a − Y                             (equation 28 of the report: joint with softmax, Y one-hot)
// Source:  equation 28 of the report; Bishop 2006, equations 4.108 and 4.109
// Shapes:  z, a, dz [N, K], K ≥ 2
// Units:   nats, mean over samples
// Options: reduction  mean (default) or sum over samples
// Errors:  the last layer is not softmax; the labels are not classes
#include <algorithm>

#include "core/loss.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

class CrossEntropy final : public Loss {
 public:
  using Loss::Loss;

  std::optional<std::string> misfit(const NetworkEnd& end) const override {
    if (end.labels == LabelKind::kBinary) {
      return "cross_entropy needs 'labels: classes'; for one_vs_rest use binary_cross_entropy "
             "after "
             "sigmoid";
    }
    if (end.last_layer == "softmax") return std::nullopt;
    return "cross_entropy needs softmax as the last layer, which is " + end.last_layer;
  }

  bool is_joint(Link last) const override { return last == Link::kSoftmax; }

  std::string_view unit() const override { return "nats per sample"; }

  double sum(const Prediction& prediction, const Targets& targets) const override {
    return cross_entropy_sum(prediction.logits, prediction.outputs, targets.labels);
  }

  void gradient(const Prediction& prediction, const Targets& targets, Scalar scale,
                MatrixView dz) const override {
    const auto a = prediction.outputs.elements();
    std::transform(a.begin(), a.end(), dz.data(), [&](Scalar value) { return scale * value; });
    for (std::size_t n = 0; n < dz.rows(); ++n) {
      const std::size_t label = targets.labels[n];
      dz.row(n)[label] = scale * (prediction.outputs.row(n)[label] - Scalar{1});
    }
  }
};

const Register<Loss> kCrossEntropy{"cross_entropy", "cross_entropy",
                                   "-log(output of the class), after softmax",
                                   [](Options& options) { return std::make_unique<CrossEntropy>(options); }};

}  // namespace
}  // namespace nnrun

// cross_entropy: how surprised the network is by the class, for K classes that exclude each other.
//   L  = −Σₖ wₖ qₖ log pₖ     p = softmax(z), q = (1 − s) Y + s / K   (Y one-hot, s: label_smoothing)
//   dz = p Σₖ wₖ qₖ − w q     (joint with softmax and log_softmax)
//   Without weights and smoothing: L = −log p_y = log Σ e^z − z_y and dz = p − Y.
// Source:  equation 28 of the report; Bishop 2006, equations 4.108 and 4.109; weights and smoothing as
//          PyTorch's CrossEntropyLoss, but for its mean with weights: that divides by the sum of the
//          samples' weights, this by the number of samples, as Keras does
// Shapes:  z, p, dz [N, K], K ≥ 2
// Units:   nats, mean over samples
// Options: class_weights    w: a list of K numbers ≥ 0 of which one at least is above 0; default all 1
//          label_smoothing  s: real in [0, 1), default 0
//          reduction        mean (default) or sum over samples
// Errors:  the last layer is neither softmax nor log_softmax; the labels are not classes; weights that
//          are not one for each class, or are all 0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/loss.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

class CrossEntropy final : public Loss {
 public:
  explicit CrossEntropy(Options& options) : Loss(options) {
    const auto weights = options.optional_reals("class_weights", not_negative());
    smoothing_ = options.real("label_smoothing", {.least = 0, .most = 1, .open_most = true}, 0);
    if (!weights) return;
    weights_ = *weights;
    if (!weights_.empty() && total_weight() == 0) {
      options.fail("class_weights", "weights that are all 0 leave nothing to train on");
    }
  }

  std::optional<std::string> misfit(const NetworkEnd& end) const override {
    if (end.labels == LabelKind::kBinary) {
      return "cross_entropy needs 'labels: classes'; for one_vs_rest use binary_cross_entropy "
             "after sigmoid";
    }
    if (end.last_layer != "softmax" && end.last_layer != "log_softmax") {
      return "cross_entropy needs softmax or log_softmax as the last layer, which is " +
             end.last_layer;
    }
    if (weights_.empty() || end.outputs == 0 || weights_.size() == end.outputs) return std::nullopt;
    return fmt::format("class_weights needs a weight for each of the {} classes, got {}",
                       end.outputs, weights_.size());
  }

  bool is_joint(Link last) const override {
    return last == Link::kSoftmax || last == Link::kLogSoftmax;
  }

  std::string_view unit() const override { return "nats"; }

  double sum(const Prediction& prediction, const Targets& targets) const override {
    const bool logarithms = prediction.link == Link::kLogSoftmax;
    if (is_plain() && !logarithms) {
      return cross_entropy_sum(prediction.logits, prediction.outputs, targets.labels);
    }
    double total = 0;
    for (std::size_t n = 0; n < prediction.logits.rows(); ++n) {
      const auto z = prediction.logits.row(n);
      total += logarithms ? surprise(prediction.outputs.row(n), 0, targets.labels[n])
                          : surprise(z, log_total(z), targets.labels[n]);
    }
    return total;
  }

  void gradient(const Prediction& prediction, const Targets& targets, Scalar scale,
                MatrixView dz) const override {
    if (is_plain() && prediction.link != Link::kLogSoftmax) {
      return plain_gradient(prediction.outputs, targets, scale, dz);
    }
    for (std::size_t n = 0; n < dz.rows(); ++n) {
      const auto a = prediction.outputs.row(n);
      const auto row = dz.row(n);
      std::copy(a.begin(), a.end(), row.begin());
      if (prediction.link == Link::kLogSoftmax) {
        for (Scalar& log_p : row) log_p = std::exp(log_p);
      }
      take_wanted(targets.labels[n], scale, row);
    }
  }

 private:
  bool is_plain() const { return weights_.empty() && smoothing_ == 0; }

  double total_weight() const { return std::accumulate(weights_.begin(), weights_.end(), 0.0); }

  /// wₖ qₖ of a sample of class `label`.
  double wanted(std::size_t label, std::size_t k, std::size_t classes) const {
    const double weight = weights_.empty() ? 1 : weights_[k];
    return weight * (smoothing_ / static_cast<double>(classes) + (k == label ? 1 - smoothing_ : 0));
  }

  /// log Σ e^z, which does not overflow.
  static double log_total(std::span<const Scalar> z) {
    const auto most = static_cast<double>(*std::max_element(z.begin(), z.end()));
    double total = 0;
    for (const Scalar value : z) total += std::exp(static_cast<double>(value) - most);
    return most + std::log(total);
  }

  /// The loss of one sample, where log p = z − log_total.
  double surprise(std::span<const Scalar> z, double log_total, std::size_t label) const {
    if (smoothing_ == 0) {  // the other classes count for nothing
      return wanted(label, label, z.size()) * (log_total - static_cast<double>(z[label]));
    }
    double total = 0;
    for (std::size_t k = 0; k < z.size(); ++k) {
      total += wanted(label, k, z.size()) * (log_total - static_cast<double>(z[k]));
    }
    return total;
  }

  /// dz = scale (p − Y)
  static void plain_gradient(ConstMatrixView p, const Targets& targets, Scalar scale,
                             MatrixView dz) {
    std::transform(p.elements().begin(), p.elements().end(), dz.data(),
                   [&](Scalar value) { return scale * value; });
    for (std::size_t n = 0; n < dz.rows(); ++n) {
      const std::size_t label = targets.labels[n];
      dz.row(n)[label] = scale * (p.row(n)[label] - Scalar{1});
    }
  }

  /// dz = scale (p Σₖ wₖ qₖ − w q), where p stands in dz.
  void take_wanted(std::size_t label, Scalar scale, std::span<Scalar> dz) const {
    double all = 0;
    for (std::size_t k = 0; k < dz.size(); ++k) all += wanted(label, k, dz.size());
    for (std::size_t k = 0; k < dz.size(); ++k) {
      dz[k] = scale *
              static_cast<Scalar>(all * static_cast<double>(dz[k]) - wanted(label, k, dz.size()));
    }
  }

  std::vector<double> weights_;  ///< empty: all 1
  double smoothing_ = 0;
};

const Register<Loss> kCrossEntropy{
    "cross_entropy", "cross_entropy", "-log(output of the class), after softmax or log_softmax",
    [](Options& options) { return std::make_unique<CrossEntropy>(options); }};

}  // namespace
}  // namespace nnrun

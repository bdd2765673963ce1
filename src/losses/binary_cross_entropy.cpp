// binary_cross_entropy: how surprised the network is by a yes or no, or by each of K of them.
//   L  = −[p y log a + (1 − y) log(1 − a)]  (equation 2 of the report; p: positive_weight)
//      = w (max(z, 0) − y z + log(1 + e^−|z|)), w = p for a yes and 1 for a no (the form computed: stable
//        for any z)
//   dz = w (a − y)                          (joint with sigmoid)
// Source:  equation 2 of the report; Bishop 2006, equation 4.90; p as PyTorch's pos_weight
// Shapes:  z, a, dz [N, K]; with several outputs the mean over them (Keras, PyTorch)
// Units:   nats, mean over samples (the report's equation 2 is the sum)
// Options: positive_weight  p: real > 0, default 1; a yes counts so many times as much as a no
//          reduction        mean (default) or sum, over outputs and samples
// Errors:  the last layer is not sigmoid
#include <algorithm>
#include <vector>

#include "core/loss.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

class BinaryCrossEntropy final : public Loss {
 public:
  explicit BinaryCrossEntropy(Options& options)
      : Loss(options), positive_weight_(options.real("positive_weight", positive(), 1)) {}

  std::optional<std::string> misfit(const NetworkEnd& end) const override {
    if (end.last_layer == "sigmoid") return std::nullopt;
    return "binary_cross_entropy needs sigmoid as the last layer, which is " + end.last_layer;
  }

  bool is_joint(Link last) const override { return last == Link::kSigmoid; }

  std::string_view unit() const override { return "nats"; }

  double sum(const Prediction& prediction, const Targets& targets) const override {
    const double total = positive_weight_ == 1 ? plain_sum(prediction.logits, targets)
                                               : weighted_sum(prediction.logits, targets);
    return total / static_cast<double>(divisor(prediction.logits.columns()));
  }

  void gradient(const Prediction& prediction, const Targets& targets, Scalar scale,
                MatrixView dz) const override {
    const Scalar each = scale / static_cast<Scalar>(divisor(dz.columns()));
    for (std::size_t n = 0; n < dz.rows(); ++n) {
      for (std::size_t k = 0; k < dz.columns(); ++k) {
        dz.row(n)[k] = each * (prediction.outputs.row(n)[k] - targets.at(n, k));
      }
    }
    if (positive_weight_ != 1) weigh(targets, dz);
  }

 private:
  static constexpr std::size_t kChunk = 1024;  // targets made at a time

  static double plain_sum(ConstMatrixView logits, const Targets& targets) {
    const std::size_t rows_at_once = std::max<std::size_t>(kChunk / logits.columns(), 1);
    std::vector<Scalar> wanted;
    double total = 0;
    for (std::size_t start = 0; start < logits.rows(); start += rows_at_once) {
      const std::size_t rows = std::min(rows_at_once, logits.rows() - start);
      wanted.clear();
      for (std::size_t n = start; n < start + rows; ++n) {
        for (std::size_t k = 0; k < logits.columns(); ++k) wanted.push_back(targets.at(n, k));
      }
      total += binary_cross_entropy_sum(
          logits.elements().subspan(start * logits.columns(), wanted.size()), wanted);
    }
    return total;
  }

  void weigh(const Targets& targets, MatrixView dz) const {
    for (std::size_t n = 0; n < dz.rows(); ++n) {
      for (std::size_t k = 0; k < dz.columns(); ++k) {
        if (targets.at(n, k) == 1) dz.row(n)[k] *= static_cast<Scalar>(positive_weight_);
      }
    }
  }

  double weighted_sum(ConstMatrixView logits, const Targets& targets) const {
    double total = 0;
    for (std::size_t n = 0; n < logits.rows(); ++n) {
      for (std::size_t k = 0; k < logits.columns(); ++k) {
        const auto z = static_cast<double>(logits.row(n)[k]);
        total += targets.at(n, k) == 1 ? positive_weight_ * softplus(-z) : softplus(z);
      }
    }
    return total;
  }

  double positive_weight_;
};

const Register<Loss> kBinaryCrossEntropy{
    "binary_cross_entropy", "binary_cross_entropy", "-y log(a) - (1 - y) log(1 - a), after sigmoid",
    [](Options& options) { return std::make_unique<BinaryCrossEntropy>(options); }};

}  // namespace
}  // namespace nnrun

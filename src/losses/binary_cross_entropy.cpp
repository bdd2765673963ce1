// binary_cross_entropy: how surprised the network is by a yes or no, or by each of K of them.
//   L  = −[y log a + (1 − y) log(1 − a)]   (equation 2 of the report)
//      = max(z, 0) − y z + log(1 + e^−|z|) (the form computed: stable for any z)
//   dz = a − y                             (joint with sigmoid)
// Source:  equation 2 of the report; Bishop 2006, equation 4.90
// Shapes:  z, a, dz [N, K]; with several outputs the mean over them (Keras, PyTorch)
// Units:   nats, mean over samples (the report's equation 2 is the sum)
// Options: reduction  mean (default) or sum, over outputs and samples
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
  using Loss::Loss;

  std::optional<std::string> misfit(const NetworkEnd& end) const override {
    if (end.last_layer == "sigmoid") return std::nullopt;
    return "binary_cross_entropy needs sigmoid as the last layer, which is " + end.last_layer;
  }

  bool is_joint(Link last) const override { return last == Link::kSigmoid; }

  std::string_view unit() const override { return "nats per sample"; }

  double sum(const Prediction& prediction, const Targets& targets) const override {
    const ConstMatrixView& logits = prediction.logits;
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
    return total / static_cast<double>(divisor(logits.columns()));
  }

  void gradient(const Prediction& prediction, const Targets& targets, Scalar scale,
                MatrixView dz) const override {
    const Scalar each = scale / static_cast<Scalar>(divisor(dz.columns()));
    for (std::size_t n = 0; n < dz.rows(); ++n) {
      for (std::size_t k = 0; k < dz.columns(); ++k) {
        dz.row(n)[k] = each * (prediction.outputs.row(n)[k] - targets.at(n, k));
      }
    }
  }

 private:
  static constexpr std::size_t kChunk = 1024;  // targets made at a time
};

const Register<Loss> kBinaryCrossEntropy{
    "binary_cross_entropy", "binary_cross_entropy", "-y log(a) - (1 - y) log(1 - a), after sigmoid",
    [](Options& options) { return std::make_unique<BinaryCrossEntropy>(options); }};

}  // namespace
}  // namespace nnrun

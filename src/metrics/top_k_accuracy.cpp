// top_k_accuracy: the share of samples whose class is among the k largest outputs.
//   1/N Σₙ [fewer than k outputs come before that of the label]; of equal outputs the first comes before
//   the others, so that k = 1 is accuracy
// Source:  Krizhevsky, Sutskever, Hinton 2012 (top-5); scikit-learn takes the last of equal outputs
//          for the largest
// Shapes:  outputs [N, K]
// Units:   [0, 1]
// Options: k  whole number ≥ 1, default 5; the column is top_k_accuracy_5
// Errors:  k above the number of classes; labels one_vs_rest
#include <fmt/format.h>

#include "core/metric.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class TopKAccuracy final : public MeanMetric {
 public:
  explicit TopKAccuracy(Options& options)
      : k_(static_cast<std::size_t>(options.whole("k", at_least(1), 5))) {}

  std::optional<std::string> misfit(const NetworkEnd& end) const override {
    if (end.labels == LabelKind::kBinary) {
      return "top_k_accuracy needs 'labels: classes'; for one_vs_rest use accuracy";
    }
    if (end.outputs == 0 || k_ <= end.outputs) return std::nullopt;
    return fmt::format("k: expected at most the number of classes, which is {}, got {}",
                       end.outputs, k_);
  }

  std::string unit() const override { return "share of samples"; }

  bool higher_is_better() const override { return true; }

  std::vector<std::string> suffixes(const NetworkEnd& /*end*/) const override {
    return {fmt::format("_{}", k_)};
  }

  double sum(const Prediction& prediction, const Targets& targets) const override {
    std::size_t right = 0;
    for (std::size_t n = 0; n < targets.labels.size(); ++n) {
      right += before(prediction.outputs.row(n), targets.labels[n]) < k_ ? 1 : 0;
    }
    return static_cast<double>(right);
  }

 private:
  /// Outputs that come before that of the label; NaN comes before all.
  static std::size_t before(std::span<const Scalar> outputs, std::size_t label) {
    std::size_t count = 0;
    for (std::size_t k = 0; k < outputs.size(); ++k) {
      const bool behind = k < label ? outputs[k] < outputs[label] : outputs[k] <= outputs[label];
      count += behind ? 0 : 1;
    }
    return count;
  }

  std::size_t k_;
};

const Register<Metric> kTopKAccuracy{
    "top_k_accuracy", "top_k_accuracy: {k: 2}",
    "share of samples whose class is among the k largest",
    [](Options& options) { return std::make_unique<TopKAccuracy>(options); }};

}  // namespace
}  // namespace nnrun

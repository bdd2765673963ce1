// binary_accuracy: the share of single outputs that say yes or no as their targets do.
//   1/N Σₙ 1/K Σₖ [(aₙₖ > 0.5) = yₙₖ], where the targets y are one-hot or 0/1
//   Ten outputs that all say no are right nine times in ten: with classes it is not the share of
//   samples predicted right, which is accuracy. With one output the two are the same.
// Source:  BinaryAccuracy of Keras, with its threshold of 0.5
// Shapes:  outputs a [N, K]
// Units:   [0, 1]
// Options: none
// Errors:  log_softmax as the last layer, whose outputs are never above 0.5
#include "core/metric.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class BinaryAccuracy final : public MeanMetric {
 public:
  std::optional<std::string> misfit(const NetworkEnd& end) const override {
    if (end.last_layer != "log_softmax") return std::nullopt;
    return "binary_accuracy asks which outputs are above 0.5, which those of log_softmax never are";
  }

  std::string unit() const override { return "share of outputs"; }

  double sum(const Prediction& prediction, const Targets& targets) const override {
    const ConstMatrixView& outputs = prediction.outputs;
    std::size_t right = 0;
    for (std::size_t n = 0; n < outputs.rows(); ++n) {
      for (std::size_t k = 0; k < outputs.columns(); ++k) {
        const bool says_yes = outputs.row(n)[k] > Scalar{0.5};
        const bool is_yes = targets.at(n, k) == Scalar{1};
        right += static_cast<std::size_t>(says_yes == is_yes);
      }
    }
    return static_cast<double>(right) / static_cast<double>(outputs.columns());
  }

  bool higher_is_better() const override { return true; }
};

const Register<Metric> kBinaryAccuracy{"binary_accuracy", "binary_accuracy",
                                       "share of outputs that are above 0.5 where they should be",
                                       [](Options&) { return std::make_unique<BinaryAccuracy>(); }};

}  // namespace
}  // namespace nnrun

// accuracy: the share of samples whose class is predicted.
//   1/N Σₙ [class of the outputs = label]; the class is the largest output (the first of equals),
//   or for a single output whether it is above 0.5
// Source:  section V.A of the report
// Shapes:  outputs [N, K]
// Units:   [0, 1]
// Options: none
// Errors:  none
#include <vector>

#include "core/metric.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Accuracy final : public MeanMetric {
 public:
  std::optional<std::string> misfit(const NetworkEnd& /*end*/) const override {
    return std::nullopt;
  }

  std::string unit() const override { return "share of samples"; }

  double sum(const Prediction& prediction, const Targets& targets) const override {
    std::vector<std::uint32_t> predicted(targets.labels.size());
    predict_classes(prediction.outputs, predicted);
    std::size_t right = 0;
    for (std::size_t n = 0; n < predicted.size(); ++n) right += predicted[n] == targets.labels[n];
    return static_cast<double>(right);
  }

  bool higher_is_better() const override { return true; }
};

const Register<Metric> kAccuracy{"accuracy", "accuracy", "share of samples predicted right",
                                 [](Options&) { return std::make_unique<Accuracy>(); }};

}  // namespace
}  // namespace nnrun

// mean_squared_error: the mean squared distance of the outputs from their targets.
//   L  = 1/K Σₖ (a − y)²
//   da = 2/K (a − y)
// Source:  Legendre 1805, Gauss 1809; averaged over outputs and samples as Keras and PyTorch do
// Shapes:  a, da [N, K]
// Units:   the outputs' squared, mean over samples
// Options: reduction  mean (default) or sum, over outputs and samples
// Errors:  none
#include "core/loss.h"
#include "core/misses.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class MeanSquaredError final : public Loss {
 public:
  using Loss::Loss;

  std::optional<std::string> misfit(const NetworkEnd& /*end*/) const override {
    return std::nullopt;
  }

  std::string_view unit() const override { return "squared output"; }

  double sum(const Prediction& prediction, const Targets& targets) const override {
    const double total =
        sum_of_misses(prediction, targets, [](double miss) { return miss * miss; });
    return total / static_cast<double>(divisor(prediction.outputs.columns()));
  }

  void gradient(const Prediction& prediction, const Targets& targets, Scalar scale,
                MatrixView da) const override {
    const Scalar twice = Scalar{2} * scale / static_cast<Scalar>(divisor(da.columns()));
    slopes_of_misses(prediction, targets, da, [&](Scalar miss) { return twice * miss; });
  }
};

const Register<Loss> kMeanSquaredError{
    "mean_squared_error", "mean_squared_error", "mean over the outputs of (a - y)^2",
    [](Options& options) { return std::make_unique<MeanSquaredError>(options); }};

}  // namespace
}  // namespace nnrun

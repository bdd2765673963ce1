// mean_absolute_error: the mean distance of the outputs from their targets.
//   L  = 1/K Σₖ |a − y|
//   da = 1/K sign(a − y), which is 0 where a = y
// Source:  Laplace 1774; averaged over outputs and samples as PyTorch's L1Loss and Keras do
// Shapes:  a, da [N, K]
// Units:   the outputs', mean over samples
// Options: reduction  mean (default) or sum, over outputs and samples
// Errors:  none
#include <cmath>

#include "core/loss.h"
#include "core/misses.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class MeanAbsoluteError final : public Loss {
 public:
  using Loss::Loss;

  std::optional<std::string> misfit(const NetworkEnd& /*end*/) const override {
    return std::nullopt;
  }

  std::string_view unit() const override { return "output"; }

  double sum(const Prediction& prediction, const Targets& targets) const override {
    const double total =
        sum_of_misses(prediction, targets, [](double miss) { return std::abs(miss); });
    return total / static_cast<double>(divisor(prediction.outputs.columns()));
  }

  void gradient(const Prediction& prediction, const Targets& targets, Scalar scale,
                MatrixView da) const override {
    const Scalar each = scale / static_cast<Scalar>(divisor(da.columns()));
    slopes_of_misses(prediction, targets, da, [&](Scalar miss) {
      return miss == 0 ? Scalar{0} : std::copysign(each, miss);
    });
  }
};

const Register<Loss> kMeanAbsoluteError{
    "mean_absolute_error", "mean_absolute_error", "mean over the outputs of |a - y|",
    [](Options& options) { return std::make_unique<MeanAbsoluteError>(options); }};

}  // namespace
}  // namespace nnrun

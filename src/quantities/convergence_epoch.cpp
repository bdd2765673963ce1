// convergence_epoch: the first epoch from which on a curve has made most of its way down.
//   min {e : x[e'] ≤ x[0] − way · (x[0] − min x) for all e' = e … E}, as in runs.csv
// Source:  a definition
// Units:   epochs
// Options: of   a curve that goes down, such as validation_loss
//          way  real from 0 to 1, default 0.95
// Errors:  none; a curve that never comes down, or does not stay, has no value
#include "core/convergence.h"
#include "core/quantity.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class ConvergenceEpoch final : public CurveQuantity {
 public:
  explicit ConvergenceEpoch(Options& options)
      : CurveQuantity(options), way_(options.real("way", real_between(0, 1), kConvergenceWay)) {}

  Unit unit() const override { return Unit::kEpochs; }

 protected:
  std::optional<double> of(const std::vector<double>& curve) const override {
    const auto epoch = convergence_epoch(curve, way_);
    return epoch ? std::optional(static_cast<double>(*epoch)) : std::nullopt;
  }

 private:
  double way_;
};

const Register<Quantity> kConvergenceEpoch{
    "convergence_epoch", "convergence_epoch: {of: validation_loss, way: 0.95}",
    "epoch at which a curve has made most of its way down",
    [](Options& options) { return std::make_unique<ConvergenceEpoch>(options); }};

}  // namespace
}  // namespace nnrun

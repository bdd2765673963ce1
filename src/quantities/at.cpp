// at: a curve's value after a number of epochs.
//   x[epoch]; epoch 0 is the untrained network
// Source:  a definition
// Units:   those of the column
// Options: epoch  whole number ≥ 0
//          of     a curve
// Errors:  none; a run that ended before has no value
#include "core/quantity.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class At final : public CurveQuantity {
 public:
  explicit At(Options& options)
      : CurveQuantity(options),
        epoch_(static_cast<std::size_t>(options.whole("epoch", at_least(0)))) {}

  Unit unit() const override { return Unit::kMeasure; }

 protected:
  std::optional<double> of(const std::vector<double>& curve) const override {
    return epoch_ < curve.size() ? std::optional(curve[epoch_]) : std::nullopt;
  }

 private:
  std::size_t epoch_;
};

const Register<Quantity> kAt{"at", "at: {epoch: 74, of: validation_accuracy}",
                             "value of a curve at an epoch",
                             [](Options& options) { return std::make_unique<At>(options); }};

}  // namespace
}  // namespace nnrun

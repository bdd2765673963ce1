// highest: the largest value of a curve.
//   max x[e] over e = 0 … E, values that are not finite passed over
// Source:  a definition
// Units:   those of the column
// Options: of  a curve
// Errors:  none; a curve without a finite value has no value
#include <cmath>

#include "core/quantity.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Highest final : public CurveQuantity {
 public:
  explicit Highest(Options& options) : CurveQuantity(options) {}

  Unit unit() const override { return Unit::kMeasure; }

 protected:
  std::optional<double> of(const std::vector<double>& curve) const override {
    std::optional<double> largest;
    for (const double value : curve) {
      if (std::isfinite(value) && (!largest || value > *largest)) largest = value;
    }
    return largest;
  }
};

const Register<Quantity> kHighest{
    "highest", "highest: {of: validation_accuracy}", "largest value of a curve",
    [](Options& options) { return std::make_unique<Highest>(options); }};

}  // namespace
}  // namespace nnrun

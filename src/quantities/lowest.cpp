// lowest: the least value of a curve.
//   min x[e] over e = 0 … E, values that are not finite passed over
// Source:  a definition
// Units:   those of the column
// Options: of  a curve
// Errors:  none; a curve without a finite value has no value
#include <cmath>

#include "core/quantity.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Lowest final : public CurveQuantity {
 public:
  explicit Lowest(Options& options) : CurveQuantity(options) {}

  Unit unit() const override { return Unit::kMeasure; }

 protected:
  std::optional<double> of(const std::vector<double>& curve) const override {
    std::optional<double> least;
    for (const double value : curve) {
      if (std::isfinite(value) && (!least || value < *least)) least = value;
    }
    return least;
  }
};

const Register<Quantity> kLowest{
    "lowest", "lowest: {of: validation_loss}", "least value of a curve",
    [](Options& options) { return std::make_unique<Lowest>(options); }};

}  // namespace
}  // namespace nnrun

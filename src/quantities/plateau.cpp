// plateau: for how many epochs a curve stays where it started.
//   max {n : |x[e] − x[0]| ≤ within for all e = 1 … n}; 0 when it leaves at once
// Source:  a definition
// Units:   epochs
// Options: of      a curve
//          within  real ≥ 0, default 0: not the least change
// Errors:  none; a curve that starts as NaN has no value, and NaN ends a plateau
#include <cmath>

#include "core/quantity.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Plateau final : public CurveQuantity {
 public:
  explicit Plateau(Options& options)
      : CurveQuantity(options), within_(options.real("within", not_negative(), 0)) {}

  Unit unit() const override { return Unit::kEpochs; }

 protected:
  std::optional<double> of(const std::vector<double>& curve) const override {
    if (std::isnan(curve.front())) return std::nullopt;
    std::size_t length = 0;
    while (length + 1 < curve.size() && is_near(curve[length + 1], curve[0], within_)) ++length;
    return static_cast<double>(length);
  }

 private:
  double within_;
};

const Register<Quantity> kPlateau{
    "plateau", "plateau: {of: validation_accuracy, within: 0.001}",
    "epochs for which a curve stays where it started",
    [](Options& options) { return std::make_unique<Plateau>(options); }};

}  // namespace
}  // namespace nnrun

// oscillation: how often a curve turns from rising to falling or back.
//   |{e : change(e) and the last change before it that is not 0 have opposite signs}|,
//   change(e) = x[e] − x[e−1]. An epoch at which the curve stays equal is no turn and is passed over:
//   1, 2, 2, 1 turns once, at its end; 1, 2, 2, 3 does not turn. So is a change from or to NaN.
// Source:  a definition
// Units:   epochs
// Options: of  a curve
// Errors:  none; a curve that starts as NaN has no value
#include <cmath>

#include "core/quantity.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Oscillation final : public CurveQuantity {
 public:
  explicit Oscillation(Options& options) : CurveQuantity(options) {}

  Unit unit() const override { return Unit::kEpochs; }

 protected:
  std::optional<double> of(const std::vector<double>& curve) const override {
    if (std::isnan(curve.front())) return std::nullopt;
    std::size_t turns = 0;
    int direction = 0;
    for (std::size_t epoch = 1; epoch < curve.size(); ++epoch) {
      const int now = sign(curve[epoch] - curve[epoch - 1]);
      if (now == 0) continue;
      turns += now == -direction ? 1 : 0;
      direction = now;
    }
    return static_cast<double>(turns);
  }

 private:
  static int sign(double change) { return (change > 0) - (change < 0); }
};

const Register<Quantity> kOscillation{
    "oscillation", "oscillation: {of: train_loss}", "number of times a curve turns",
    [](Options& options) { return std::make_unique<Oscillation>(options); }};

}  // namespace
}  // namespace nnrun

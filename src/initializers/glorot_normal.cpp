// glorot_normal: keeps the variance of a layer of symmetric activations the same forward and backward.
//   w ~ N(0, s²),  s = √(2 / (in + out))  (not truncated, as in PyTorch)
// Source:  Glorot, Bengio 2010, equation 12
// Shapes:  any; in and out are the parameter's fans (for dense weights D and K)
// Options: none
// Errors:  none
#include <cmath>

#include "core/initializer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class GlorotNormal final : public ElementInitializer {
 public:
  double value(const Stream& stream, std::uint64_t index, const Fans& fans) const override {
    return std::sqrt(2.0 / static_cast<double>(fans.in + fans.out)) * stream.normal(index);
  }
};

const Register<Initializer> kGlorotNormal{
    "glorot_normal", "glorot_normal", "N(0, s^2), s = sqrt(2 / (in + out))",
    [](Options&) { return std::make_unique<GlorotNormal>(); }};

}  // namespace
}  // namespace nnrun

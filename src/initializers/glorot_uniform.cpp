// glorot_uniform: keeps the variance of a layer of symmetric activations the same forward and backward.
//   w ~ U(−r, r),  r = √(6 / (in + out))
// Source:  Glorot, Bengio 2010, equation 16
// Shapes:  any; in and out are the parameter's fans (for dense weights D and K)
// Options: none
// Errors:  none
#include <cmath>

#include "core/initializer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class GlorotUniform final : public ElementInitializer {
 public:
  double value(const Stream& stream, std::uint64_t index, const Fans& fans) const override {
    return std::sqrt(6.0 / static_cast<double>(fans.in + fans.out)) *
           (2 * stream.uniform(index) - 1);
  }
};

const Register<Initializer> kGlorotUniform{
    "glorot_uniform", "glorot_uniform", "U(-r, r), r = sqrt(6 / (in + out))",
    [](Options&) { return std::make_unique<GlorotUniform>(); }};

}  // namespace
}  // namespace nnrun

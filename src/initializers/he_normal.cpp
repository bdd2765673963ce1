// he_normal: keeps the variance of a layer of rectified activations the same going forward.
//   w ~ N(0, s²),  s = √(2 / in)  (not truncated, as in PyTorch)
// Source:  He, Zhang, Ren, Sun 2015, equation 10
// Shapes:  any; in and out are the parameter's fans (for dense weights D and K)
// Options: none
// Errors:  none
#include <cmath>

#include "core/initializer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class HeNormal final : public ElementInitializer {
 public:
  double value(const Stream& stream, std::uint64_t index, const Fans& fans) const override {
    return std::sqrt(2.0 / static_cast<double>(fans.in)) * stream.normal(index);
  }
};

const Register<Initializer> kHeNormal{"he_normal", "he_normal", "N(0, s^2), s = sqrt(2 / in)",
                                      [](Options&) { return std::make_unique<HeNormal>(); }};

}  // namespace
}  // namespace nnrun

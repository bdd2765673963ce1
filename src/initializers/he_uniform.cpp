// he_uniform: keeps the variance of a layer of rectified activations the same going forward.
//   w ~ U(−r, r),  r = √(6 / in)
// Source:  He, Zhang, Ren, Sun 2015, equation 10, as a uniform distribution
// Shapes:  any; in and out are the parameter's fans (for dense weights D and K)
// Options: none
// Errors:  none
#include <cmath>

#include "core/initializer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class HeUniform final : public ElementInitializer {
 public:
  double value(const Stream& stream, std::uint64_t index, const Fans& fans) const override {
    return std::sqrt(6.0 / static_cast<double>(fans.in)) * (2 * stream.uniform(index) - 1);
  }
};

const Register<Initializer> kHeUniform{"he_uniform", "he_uniform", "U(-r, r), r = sqrt(6 / in)",
                                       [](Options&) { return std::make_unique<HeUniform>(); }};

}  // namespace
}  // namespace nnrun

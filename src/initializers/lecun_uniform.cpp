// lecun_uniform: as lecun_normal, drawn evenly.
//   w ~ U(−r, r),  r = √(3 / in)
// Source:  LeCun, Bottou, Orr, Müller 1998, section 4.6
// Shapes:  any; in and out are the parameter's fans (for dense weights D and K)
// Options: none
// Errors:  none
#include <cmath>

#include "core/initializer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class LecunUniform final : public ElementInitializer {
 public:
  double value(const Stream& stream, std::uint64_t index, const Fans& fans) const override {
    return std::sqrt(3.0 / static_cast<double>(fans.in)) * (2 * stream.uniform(index) - 1);
  }
};

const Register<Initializer> kLecunUniform{
    "lecun_uniform", "lecun_uniform", "U(-r, r), r = sqrt(3 / in)",
    [](Options&) { return std::make_unique<LecunUniform>(); }};

}  // namespace
}  // namespace nnrun

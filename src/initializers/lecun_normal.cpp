// lecun_normal: keeps the variance of a layer's sums that of its inputs; what selu needs.
//   w ~ N(0, s²),  s = √(1 / in)  (not truncated)
// Source:  LeCun, Bottou, Orr, Müller 1998, section 4.6
// Shapes:  any; in and out are the parameter's fans (for dense weights D and K)
// Options: none
// Errors:  none
#include <cmath>

#include "core/initializer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class LecunNormal final : public ElementInitializer {
 public:
  double value(const Stream& stream, std::uint64_t index, const Fans& fans) const override {
    return std::sqrt(1.0 / static_cast<double>(fans.in)) * stream.normal(index);
  }
};

const Register<Initializer> kLecunNormal{"lecun_normal", "lecun_normal",
                                         "N(0, s^2), s = sqrt(1 / in)",
                                         [](Options&) { return std::make_unique<LecunNormal>(); }};

}  // namespace
}  // namespace nnrun

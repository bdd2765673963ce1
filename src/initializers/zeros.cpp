// zeros: every element starts at 0.
//   w = 0
// Source:  section IV.B of the report, for biases
// Shapes:  any
// Options: none
// Errors:  none
#include "core/initializer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Zeros final : public ElementInitializer {
 public:
  double value(const Stream& /*stream*/, std::uint64_t /*index*/,
               const Fans& /*fans*/) const override {
    return 0;
  }
};

const Register<Initializer> kZeros{"zeros", "zeros", "0",
                                   [](Options&) { return std::make_unique<Zeros>(); }};

}  // namespace
}  // namespace nnrun

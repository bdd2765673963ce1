// constant: every element starts at the same value.
//   w = value
// Source:  a definition
// Shapes:  any
// Options: value  real
// Errors:  none beyond its options
#include "core/initializer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Constant final : public ElementInitializer {
 public:
  explicit Constant(double value) : value_(value) {}

  double value(const Stream& /*stream*/, std::uint64_t /*index*/,
               const Fans& /*fans*/) const override {
    return value_;
  }

 private:
  double value_;
};

const Register<Initializer> kConstant{
    "constant", "constant: {value: 0.1}", "the same value everywhere",
    [](Options& options) { return std::make_unique<Constant>(options.real("value")); }};

}  // namespace
}  // namespace nnrun

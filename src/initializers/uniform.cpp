// uniform: independent draws from an interval.
//   w ~ U(low, high)
// Source:  a definition
// Shapes:  any
// Options: low   real, default -0.05
//          high  real > low, default 0.05
// Errors:  an empty interval
#include "core/initializer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Uniform final : public ElementInitializer {
 public:
  static std::unique_ptr<Initializer> from(Options& options) {
    const double low = options.real("low", any_real(), -0.05);
    const double high = options.real("high", any_real(), 0.05);
    if (!(high > low)) options.fail("high", "must be above 'low', which is " + shortest(low));
    return std::make_unique<Uniform>(low, high);
  }

  Uniform(double low, double high) : low_(low), high_(high) {}

  double value(const Stream& stream, std::uint64_t index, const Fans& /*fans*/) const override {
    return low_ + (high_ - low_) * stream.uniform(index);
  }

 private:
  double low_;
  double high_;
};

const Register<Initializer> kUniform{"uniform", "uniform: {low: -0.1, high: 0.1}", "U(low, high)",
                                     Uniform::from};

}  // namespace
}  // namespace nnrun

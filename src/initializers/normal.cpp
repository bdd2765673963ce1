// normal: independent draws from a normal distribution.
//   w ~ N(mean, stddev²)
// Source:  section IV.B of the report ("W is initialized as a normal distribution")
// Shapes:  any
// Options: mean    real, default 0
//          stddev  real > 0, default 0.01
// Errors:  none beyond its options
#include "core/initializer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Normal final : public ElementInitializer {
 public:
  static std::unique_ptr<Initializer> from(Options& options) {
    const double mean = options.real("mean", any_real(), 0.0);
    const double stddev = options.real("stddev", positive(), 0.01);
    return std::make_unique<Normal>(mean, stddev);
  }

  Normal(double mean, double stddev) : mean_(mean), stddev_(stddev) {}

  double value(const Stream& stream, std::uint64_t index, const Fans& /*fans*/) const override {
    return mean_ + stddev_ * stream.normal(index);
  }

 private:
  double mean_;
  double stddev_;
};

const Register<Initializer> kNormal{"normal", "normal: {stddev: 0.01}", "N(mean, stddev^2)",
                                    Normal::from};

}  // namespace
}  // namespace nnrun

// truncated_normal: a normal distribution without its far ends.
//   w ~ N(mean, stddev²), drawn again while |w − mean| > 2 · stddev; its deviation is 0.88 · stddev
// Source:  TensorFlow's truncated_normal; PyTorch's trunc_normal_ with a, b = mean ∓ 2 · stddev
// Shapes:  any
// Options: mean    real, default 0
//          stddev  real > 0, default 0.01
// Errors:  none beyond its options
#include <cmath>

#include "core/initializer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class TruncatedNormal final : public ElementInitializer {
 public:
  explicit TruncatedNormal(Options& options)
      : mean_(options.real("mean", any_real(), 0.0)),
        stddev_(options.real("stddev", positive(), 0.01)) {}

  double value(const Stream& stream, std::uint64_t index, const Fans& /*fans*/) const override {
    double drawn = stream.normal(index);
    while (std::abs(drawn) > 2) {
      index += kFarther;
      drawn = stream.normal(index);
    }
    return mean_ + stddev_ * drawn;
  }

 private:
  /// From an element's draw to its next: beyond those of all others.
  static constexpr std::uint64_t kFarther = std::uint64_t{1} << 40U;

  double mean_;
  double stddev_;
};

const Register<Initializer> kTruncatedNormal{
    "truncated_normal", "truncated_normal: {stddev: 0.05}",
    "N(mean, stddev^2), drawn again beyond two stddev",
    [](Options& options) { return std::make_unique<TruncatedNormal>(options); }};

}  // namespace
}  // namespace nnrun

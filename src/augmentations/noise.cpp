// noise: adds normal noise to each feature.
//   y = x + stddev · e, e standard normal
// Source:  Sietsma, Dow 1991, "Creating artificial neural networks that generalize"
// Shapes:  samples of any shape, scaled: stddev is in the units that the first layer sees
// Options: stddev  real > 0
// Errors:  none beyond its options
#include "core/augmentation.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Noise final : public Augmentation {
 public:
  static std::unique_ptr<Augmentation> from(Options& options) {
    return std::make_unique<Noise>(options.real("stddev", positive()));
  }

  explicit Noise(double stddev) : stddev_(stddev) {}

  Stage stage() const override { return Stage::kScaled; }
  std::optional<std::string> misfit(const Shape& /*sample*/) const override { return std::nullopt; }

  void apply(const Shape& /*sample*/, const Stream& draws, std::span<Scalar> values,
             std::span<Scalar> /*scratch*/) const override {
    for (std::size_t d = 0; d < values.size(); ++d) {
      values[d] += static_cast<Scalar>(stddev_ * draws.normal(d));
    }
  }

 private:
  double stddev_;
};

const Register<Augmentation> kNoise{"noise", "noise: {stddev: 0.1}",
                                    "adds normal noise to each feature", Noise::from};

}  // namespace
}  // namespace nnrun

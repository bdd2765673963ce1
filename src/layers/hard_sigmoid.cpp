// hard_sigmoid: a sigmoid made of three straight lines.
//   y  = min(max((x + 3) / 6, 0), 1)
//   dx = dy / 6  where −3 < x < 3,  0  elsewhere (also at −3 and 3)
// Source:  Courbariaux, Bengio, David 2015, "BinaryConnect"; 6 as in Howard et al. 2019, "Searching for
//          MobileNetV3", and in PyTorch. (Courbariaux and older Keras divide by 2 and 5.)
// Shapes:  x, y, dx, dy [N, …]
// Options: none
// Errors:  none
#include <algorithm>

#include "core/activation.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

class HardSigmoid final : public Activation {
 public:
  std::optional<Limits> limits() const override { return Limits{0, 1}; }

 private:
  void values(Elements x, Results y) const override {
    map(x, y, [](Scalar v) { return std::clamp((v + 3) / 6, Scalar{0}, Scalar{1}); });
  }

  void derivatives(Elements x, Results d) const override {
    map(x, d, [](Scalar v) { return v > -3 && v < 3 ? Scalar{1} / 6 : Scalar{0}; });
  }
};

const Register<Layer> kHardSigmoid{"hard_sigmoid", "hard_sigmoid", "y = (x + 3) / 6 within [0, 1]",
                                   [](Options&) { return std::make_unique<HardSigmoid>(); }};

}  // namespace
}  // namespace nnrun

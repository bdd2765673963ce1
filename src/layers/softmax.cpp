// softmax: turns each row into positive numbers that add up to 1.
//   y  = e^x / Σ e^x over the row         (equation 23 of the report; the row's maximum is
//                                          subtracted first, so that no exponential overflows)
//   dx = y · (dy − Σ dy · y)
// Source:  Bridle 1990; equation 23 of the report
// Shapes:  x, y, dx, dy [N, K], K ≥ 2
// Options: none
// Errors:  samples that are not rows, or rows of one value (always 1: use sigmoid)
#include "core/layer.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

class Softmax final : public Layer {
 public:
  Shape output(const Shape& input) const override {
    if (input.size() != 1 || input[0] < 2) {
      throw Misfit("softmax needs rows of at least 2 values, but its input is " + to_text(input) +
                   " for each sample; for a single output use sigmoid");
    }
    return input;
  }

  Link link() const override { return Link::kSoftmax; }

  void forward(std::span<const Scalar> /*parameters*/, ConstMatrixView x,
               MatrixView y) const override {
    softmax_rows(x, y);
  }

  void backward(const Backward& pass) const override {
    if (!pass.dx.empty()) softmax_rows_gradient(pass.y, pass.dy, pass.dx);
  }
};

const Register<Layer> kSoftmax{"softmax", "softmax", "y = exp(x) / sum of exp(x) over the row",
                               [](Options&) { return std::make_unique<Softmax>(); }};

}  // namespace
}  // namespace nnrun

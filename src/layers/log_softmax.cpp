// log_softmax: the logarithms of softmax, exact where softmax itself would be 0.
//   y  = x − max x − log Σ e^(x − max x)  over the row
//   dx = dy − e^y · Σ dy
// Source:  Bridle 1990 for softmax; the logarithm is PyTorch's LogSoftmax
// Shapes:  x, y, dx, dy [N, K], K ≥ 2
// Options: none
// Errors:  samples that are not rows, or rows of one value (always 0)
#include "core/layer.h"
#include "core/registry.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

class LogSoftmax final : public Layer {
 public:
  Shape output(const Shape& input) const override {
    if (input.size() != 1 || input[0] < 2) {
      throw Misfit("log_softmax needs rows of at least 2 values, but its input is " +
                   to_text(input) + " for each sample; for a single output use sigmoid");
    }
    return input;
  }

  Link link() const override { return Link::kLogSoftmax; }

  void forward(std::span<const Scalar> /*parameters*/, ConstMatrixView x,
               MatrixView y) const override {
    log_softmax_rows(x, y);
  }

  void backward(const Backward& pass) const override {
    if (!pass.dx.empty()) log_softmax_rows_gradient(pass.y, pass.dy, pass.dx);
  }
};

const Register<Layer> kLogSoftmax{"log_softmax", "log_softmax",
                                  "y = log of exp(x) / sum of exp(x) over the row",
                                  [](Options&) { return std::make_unique<LogSoftmax>(); }};

}  // namespace
}  // namespace nnrun

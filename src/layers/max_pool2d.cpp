// max_pool2d: the largest value of each window over an image.
//   y[n,c,i,j] = max_{u,v} x[n, c, i·s + u − p, j·s + v − p]
//   dx         = Σ of dy over the windows whose largest value it is, the first of equals in the
//                order of rows; NaN counts as the largest
//   with stride s and padding p of each side; a padded place is never the largest.
// Source:  Ranzato, Huang, Boureau, LeCun 2007
// Shapes:  x, dx [N, C, H, W], y, dy [N, C, H', W'], H' = ⌊(H + 2p − kh) / s⌋ + 1, and W' alike
// Options: kernel   a whole number ≥ 1, or {height: 3, width: 5}, in pixels
//          stride   the same, default `kernel`: as far as the kernel reaches
//          padding  the same, ≥ 0 and at most half of the kernel, default 0
// Errors:  samples that are no images, a kernel larger than the padded image
#include <utility>

#include "core/images.h"
#include "core/layer.h"
#include "core/pool_window.h"
#include "core/registry.h"
#include "math/max_pool.h"

namespace nnrun {
namespace {

class MaxPool2d final : public Layer {
 public:
  explicit MaxPool2d(const Window& window) : window_(window) {}

  Shape output(const Shape& input) const override {
    const WindowedImages images = slide("max_pool2d", window_, input, 1);
    const Extent windows = windows_over(images.extent, window_);
    return {images.channels, windows.height, windows.width};
  }

  std::shared_ptr<const Layer> fitted(const Shape& input) const override {
    auto own = std::make_shared<MaxPool2d>(*this);
    own->pool_ = std::make_shared<const MaxPool>(slide("max_pool2d", window_, input, 1));
    return own;
  }

  void forward(std::span<const Scalar> /*parameters*/, ConstMatrixView x,
               MatrixView y) const override {
    pool_->forward(x, y);
  }

  void backward(const Backward& pass) const override {
    if (!pass.dx.empty()) pool_->input_gradient(pass.x, pass.dy, pass.dx);
  }

 private:
  Window window_;
  std::shared_ptr<const MaxPool> pool_;  ///< of a fitted layer
};

const Register<Layer> kMaxPool2d{
    "max_pool2d", "max_pool2d: {kernel: 2}", "the largest value of each window over an image",
    [](Options& options) { return std::make_unique<MaxPool2d>(read_pool_window(options)); }};

}  // namespace
}  // namespace nnrun

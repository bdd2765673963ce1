// avg_pool2d: the mean of each window over an image.
//   y[n,c,i,j] = 1/(kh·kw) · Σ_{u,v} x[n, c, i·s + u − p, j·s + v − p]
//   dx         = 1/(kh·kw) · Σ of dy over the windows that see it
//   with stride s and padding p of each side; a padded place counts as a zero in the mean, which is
//   PyTorch's default (count_include_pad).
// Source:  LeCun, Bottou, Bengio, Haffner 1998, there with a weight and a bias
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
#include "math/convolution.h"

namespace nnrun {
namespace {

/// A convolution of each channel for itself, all of whose weights are 1/(kh·kw).
struct Averages {
  explicit Averages(const WindowedImages& images)
      : convolution(images, images.channels, images.channels) {
    const std::size_t area = images.window.kernel.height * images.window.kernel.width;
    weights.assign(images.channels * area, Scalar{1} / static_cast<Scalar>(area));
  }

  Convolution convolution;
  AlignedScalars weights;
};

class AvgPool2d final : public Layer {
 public:
  explicit AvgPool2d(const Window& window) : window_(window) {}

  Shape output(const Shape& input) const override {
    const WindowedImages images = slide("avg_pool2d", window_, input, 1);
    const Extent windows = windows_over(images.extent, window_);
    return {images.channels, windows.height, windows.width};
  }

  std::shared_ptr<const Layer> fitted(const Shape& input) const override {
    auto own = std::make_shared<AvgPool2d>(*this);
    own->averages_ = std::make_shared<const Averages>(slide("avg_pool2d", window_, input, 1));
    return own;
  }

  void forward(std::span<const Scalar> /*parameters*/, ConstMatrixView x,
               MatrixView y) const override {
    averages_->convolution.forward(averages_->weights, {}, x, y);
  }

  void backward(const Backward& pass) const override {
    if (pass.dx.empty()) return;
    averages_->convolution.input_gradient(averages_->weights, pass.dy, pass.dx);
  }

 private:
  Window window_;
  std::shared_ptr<const Averages> averages_;  ///< of a fitted layer
};

const Register<Layer> kAvgPool2d{
    "avg_pool2d", "avg_pool2d: {kernel: 2}", "the mean of each window over an image",
    [](Options& options) { return std::make_unique<AvgPool2d>(read_pool_window(options)); }};

}  // namespace
}  // namespace nnrun

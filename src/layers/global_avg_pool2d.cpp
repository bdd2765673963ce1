// global_avg_pool2d: the mean of each channel of an image.
//   y[n,c]      = 1/(H·W) · Σ_{h,w} x[n,c,h,w]
//   dx[n,c,h,w] = dy[n,c] / (H·W)
// Source:  Lin, Chen, Yan 2014, section 3.2
// Shapes:  x, dx [N, C, H, W], y, dy [N, C]
// Options: none
// Errors:  samples that are no images
#include <algorithm>

#include "core/images.h"
#include "core/layer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class GlobalAvgPool2d final : public Layer {
 public:
  Shape output(const Shape& input) const override {
    need_images("global_avg_pool2d", input);
    return {input[0]};
  }

  void forward(std::span<const Scalar> /*parameters*/, ConstMatrixView x,
               MatrixView y) const override {
    const std::size_t pixels = x.columns() / y.columns();
    const Scalar* next = x.data();
    for (Scalar& mean : y.elements()) {
      double sum = 0;  // an image may have many pixels
      for (std::size_t i = 0; i < pixels; ++i) sum += static_cast<double>(*next++);
      mean = static_cast<Scalar>(sum / static_cast<double>(pixels));
    }
  }

  void backward(const Backward& pass) const override {
    if (pass.dx.empty()) return;
    const std::size_t pixels = pass.x.columns() / pass.dy.columns();
    Scalar* next = pass.dx.data();
    for (const Scalar dy : pass.dy.elements()) {
      next = std::fill_n(next, pixels, dy / static_cast<Scalar>(pixels));
    }
  }
};

const Register<Layer> kGlobalAvgPool2d{
    "global_avg_pool2d", "global_avg_pool2d", "the mean of each channel of an image",
    [](Options&) { return std::make_unique<GlobalAvgPool2d>(); }};

}  // namespace
}  // namespace nnrun

// conv2d: slides a kernel over images.
//   y[n,k,i,j]   = b[k] + Σ_{c,u,v} W[k,c,u,v] · x[n, c, i·s + u·d − p, j·s + v·d − p]
//   dW[k,c,u,v]  = Σ_{n,i,j} dy[n,k,i,j] · x[n, c, i·s + u·d − p, j·s + v·d − p]
//   db[k]        = Σ_{n,i,j} dy[n,k,i,j]
//   dx[n,c,h,w]  = Σ dy[n,k,i,j] · W[k,c,u,v] over all k, i, j, u, v with h = i·s + u·d − p and
//                  w = j·s + v·d − p
//   with stride s, dilation d and padding p of each side, x being 0 outside the image: the
//   cross-correlation that PyTorch's Conv2d makes, without turning the kernel around. With G groups
//   the channels and the outputs are cut into G parts in their order, and a part of the outputs
//   sees its part of the channels alone.
// Source:  LeCun, Bottou, Bengio, Haffner 1998; groups: Krizhevsky, Sutskever, Hinton 2012
// Shapes:  x, dx [N, C, H, W], y, dy [N, K, H', W'], W [K, C/G, kh, kw], b [K];
//          H' = ⌊(H + 2p − d(kh − 1) − 1) / s⌋ + 1, and W' alike
// Options: channels  K, whole number ≥ 1
//          kernel    a whole number ≥ 1, or {height: 3, width: 5}, in pixels
//          stride    the same, default 1
//          padding   the same, ≥ 0, default 0: pixels of zeros on each of the four sides
//          dilation  the same, ≥ 1, default 1
//          groups    G, whole number ≥ 1, default 1
//          weights   initializer of W, default glorot_uniform (fan in C/G·kh·kw, fan out K·kh·kw, as
//                    PyTorch counts them, though with groups an input reaches K/G·kh·kw alone)
//          bias      initializer of b, default zeros; `none` leaves it out
//          frozen, learning_rate  as for every layer with parameters (core/layer.h)
// Errors:  samples that are no images, a kernel larger than the padded image, groups that do not
//          divide C or K
#include <fmt/format.h>

#include <utility>

#include "core/extent.h"
#include "core/images.h"
#include "core/layer.h"
#include "core/registry.h"
#include "math/convolution.h"

namespace nnrun {
namespace {

struct Channels {
  std::size_t count = 1;
  std::size_t groups = 1;
};

Window read_window(Options& options) {
  Window window;
  window.kernel = read_extent(options, "kernel", 1).value_or(window.kernel);
  window.stride = read_extent(options, "stride", 1, 1).value_or(window.stride);
  window.padding = read_extent(options, "padding", 0, 0).value_or(window.padding);
  window.dilation = read_extent(options, "dilation", 1, 1).value_or(window.dilation);
  return window;
}

class Conv2d final : public Layer {
 public:
  static std::unique_ptr<Layer> from(Options& options) {
    const WholeBounds bounds = whole_between(1, 1 << 16);
    auto layer = std::make_unique<Conv2d>();
    layer->channels_.count = static_cast<std::size_t>(options.whole("channels", bounds));
    layer->window_ = read_window(options);
    layer->channels_.groups = static_cast<std::size_t>(options.whole("groups", bounds, 1));
    layer->weights_ = make<Initializer>(options.leaf("weights", "glorot_uniform")).leaf;
    layer->bias_ = read_bias(options);
    layer->rule_ = ParameterRule::from(options);
    return layer;
  }

  Shape output(const Shape& input) const override {
    const WindowedImages images = slide("conv2d", window_, input, channels_.count);
    check_groups(input[0], "channels of its input");
    check_groups(channels_.count, "channels of its output");
    const Extent windows = windows_over(images.extent, window_);
    return {channels_.count, windows.height, windows.width};
  }

  std::shared_ptr<const Layer> fitted(const Shape& input) const override {
    auto own = std::make_shared<Conv2d>(*this);
    own->convolution_ = std::make_shared<const Convolution>(
        slide("conv2d", window_, input, channels_.count), channels_.count, channels_.groups);
    return own;
  }

  std::vector<Parameter> parameters(const Shape& input) const override {
    const Extent& kernel = window_.kernel;
    const Shape shape = {channels_.count, input[0] / channels_.groups, kernel.height, kernel.width};
    const std::size_t taps = kernel.height * kernel.width;
    const Fans fans{shape[1] * taps, channels_.count * taps};
    std::vector<Parameter> all = {{"weights", shape, false, fans, weights_, rule_}};
    if (bias_) all.push_back({"bias", {channels_.count}, false, fans, bias_, rule_});
    return all;
  }

  /// Those with the zeros around an image included.
  double multiply_adds(const Shape& input) const override {
    const auto weights = static_cast<double>(elements(parameters(input).front().shape));
    const Shape places = output(input);
    return weights * static_cast<double>(places[1] * places[2]);
  }

  void forward(std::span<const Scalar> parameters, ConstMatrixView x, MatrixView y) const override {
    convolution_->forward(parameters.first(weight_count(parameters.size())),
                          parameters.last(bias_count()), x, y);
  }

  void backward(const Backward& pass) const override {
    const std::size_t weights = weight_count(pass.parameters.size());
    convolution_->add_gradient(pass.x, pass.dy, pass.gradient.first(weights),
                               pass.gradient.last(bias_count()));
    if (pass.dx.empty()) return;
    convolution_->input_gradient(pass.parameters.first(weights), pass.dy, pass.dx);
  }

 private:
  void check_groups(std::size_t channels, const char* whose) const {
    if (channels % channels_.groups == 0) return;
    throw Misfit(fmt::format("conv2d has {} groups, which do not divide the {} {}",
                             channels_.groups, channels, whose));
  }

  std::size_t bias_count() const { return bias_ ? channels_.count : 0; }
  std::size_t weight_count(std::size_t parameters) const { return parameters - bias_count(); }

  Channels channels_;
  Window window_;
  std::shared_ptr<const Initializer> weights_;
  std::shared_ptr<const Initializer> bias_;  ///< null: none
  ParameterRule rule_;
  std::shared_ptr<const Convolution> convolution_;  ///< of a fitted layer
};

const Register<Layer> kConv2d{"conv2d", "conv2d: {channels: 4, kernel: 3}",
                              "cross-correlation of images with a kernel for each output channel",
                              Conv2d::from};

}  // namespace
}  // namespace nnrun

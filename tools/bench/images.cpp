#include "images.h"

#include <memory>
#include <string>

#include "math/convolution.h"
#include "math/kernel_choice.h"
#include "math/max_pool.h"

namespace nnrun {

namespace {

constexpr std::size_t kSamples = 64;

/// A layer of images [N, inputs] → [N, results].
struct Block {
  Block(std::size_t inputs, std::size_t results)
      : x(normal(kSamples * inputs, "x")),
        y(kSamples * results),
        dy(normal(kSamples * results, "dy")),
        dx(kSamples * inputs) {}

  template <class T>
  static MatrixSpan<T> view(T* values, std::size_t size) {
    return {values, kSamples, size / kSamples};
  }
  ConstMatrixView x_view() const { return view(x.data(), x.size()); }
  ConstMatrixView dy_view() const { return view(dy.data(), dy.size()); }
  MatrixView y_view() { return view(y.data(), y.size()); }
  MatrixView dx_view() { return view(dx.data(), dx.size()); }

  AlignedScalars x;
  AlignedScalars y;
  AlignedScalars dy;
  AlignedScalars dx;
};

struct ConvolutionLayer {
  ConvolutionLayer(const WindowedImages& images, std::size_t outputs)
      : windows(windows_over(images.extent, images.window)),
        results(outputs * windows.height * windows.width),
        taps(images.channels * images.window.kernel.height * images.window.kernel.width),
        convolution(images, outputs, 1),
        block(images.channels * images.extent.height * images.extent.width, results),
        weights(normal(outputs * taps, "weights")),
        bias(normal(outputs, "bias")),
        gradient(weights.size()) {}

  double operations() const { return 2 * static_cast<double>(kSamples * results * taps); }

  Extent windows;
  std::size_t results;
  std::size_t taps;
  Convolution convolution;
  Block block;
  AlignedScalars weights;
  AlignedScalars bias;
  AlignedScalars gradient;
};

void add_convolution(const Set& set, const std::string& name, const WindowedImages& images,
                     std::size_t outputs) {
  const auto layer = std::make_shared<ConvolutionLayer>(images, outputs);
  const auto add_call = [&](const char* what, auto call) {
    add(set.kernels->name, what + name, [=](benchmark::State& state) {
      use_kernels(*set.kernels);
      tell_operations(state, set, layer->operations() * rate(state, call));
    });
  };
  add_call("forward_", [=] {
    layer->convolution.forward(layer->weights, layer->bias, layer->block.x_view(),
                               layer->block.y_view());
  });
  add_call("dw_", [=] {
    layer->convolution.add_gradient(layer->block.x_view(), layer->block.dy_view(), layer->gradient,
                                    layer->bias);
  });
  add_call("dx_", [=] {
    layer->convolution.input_gradient(layer->weights, layer->block.dy_view(),
                                      layer->block.dx_view());
  });
}

void add_pool(const Set& set, const std::string& name, const WindowedImages& images) {
  const std::size_t inputs = images.channels * images.extent.height * images.extent.width;
  const auto pool = std::make_shared<MaxPool>(images);
  const auto block = std::make_shared<Block>(inputs, inputs / 4);
  const auto add_call = [&](const char* what, auto call) {
    add(set.kernels->name, what + name, [=](benchmark::State& state) {
      use_kernels(*set.kernels);
      time_elements(state, kSamples * inputs / 4, call);
    });
  };
  add_call("forward_", [=] { pool->forward(block->x_view(), block->y_view()); });
  add_call("dx_",
           [=] { pool->input_gradient(block->x_view(), block->dy_view(), block->dx_view()); });
}

}  // namespace

void add_image_benchmarks(const Set& set) {
  const Window five = {.kernel = {5, 5}};
  const Window five_padded = {.kernel = {5, 5}, .padding = {2, 2}};
  const Window two = {.kernel = {2, 2}, .stride = {2, 2}};
  add_convolution(set, "conv_1x28x28_6x5x5", {1, {28, 28}, five_padded}, 6);
  add_convolution(set, "conv_6x14x14_16x5x5", {6, {14, 14}, five}, 16);
  add_pool(set, "max_pool_6x28x28_2x2", {6, {28, 28}, two});
  add_pool(set, "max_pool_16x10x10_2x2", {16, {10, 10}, two});
}

}  // namespace nnrun

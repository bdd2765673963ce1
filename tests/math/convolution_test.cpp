// Convolution with the kernels of each instruction set, against the definition in double precision.
#include "math/convolution.h"

#include <vector>

#include "math/every_kernel.h"
#include "same_bits.h"

namespace nnrun {
namespace {

using test::Sum;

struct Case {
  Shape image;
  std::size_t outputs;
  Window window;
  std::size_t groups = 1;
};

const std::vector<Case> kCases = {
    {{1, 9, 12}, 6, {{5, 5}, {1, 1}, {2, 2}, {1, 1}}},
    {{6, 8, 7}, 16, {{5, 3}, {1, 1}, {0, 0}, {1, 1}}},
    {{3, 7, 10}, 7, {{3, 2}, {2, 3}, {1, 0}, {1, 2}}},
    {{4, 6, 6}, 8, {{2, 3}, {1, 2}, {1, 1}, {2, 1}}, 2},
    {{5, 5, 4}, 5, {{2, 2}, {2, 2}, {0, 0}, {1, 1}}, 5},
    {{2, 2, 3}, 3, {{2, 1}, {1, 1}, {4, 3}, {3, 1}}},  // windows that see padding alone
    {{1, 1, 1}, 1, {{1, 1}, {1, 1}, {0, 0}, {1, 1}}},
};

/// More samples than any kernel has lanes, and a few left over.
constexpr std::size_t kSamples = 19;

/// A block of samples, and what the definition makes of it.
struct Block {
  explicit Block(const Case& checked)
      : c(checked),
        images{c.image[0], {c.image[1], c.image[2]}, c.window},
        windows(windows_over(images.extent, c.window)),
        inputs(elements(c.image)),
        results(c.outputs * windows.height * windows.width),
        weights(test::normal(c.outputs * taps(), "weights")),
        bias(test::normal(c.outputs, "bias")),
        x(test::normal(kSamples * inputs, "x")),
        dy(test::normal(kSamples * results, "dy")) {}

  std::size_t group_channels() const { return images.channels / c.groups; }
  std::size_t taps() const {
    return group_channels() * c.window.kernel.height * c.window.kernel.width;
  }
  ConstMatrixView x_view() const { return {x.data(), kSamples, inputs}; }
  ConstMatrixView dy_view() const { return {dy.data(), kSamples, results}; }

  /// Calls `visit(y, x, weight)` with the indices of each multiplication within one sample.
  template <class Visit>
  void each_term(Visit visit) const {
    for (std::size_t k = 0; k < c.outputs; ++k) {
      for (std::size_t window = 0; window < windows.height * windows.width; ++window) {
        for (std::size_t tap = 0; tap < taps(); ++tap) visit_term(k, window, tap, visit);
      }
    }
  }

  Case c;
  WindowedImages images;
  Extent windows;
  std::size_t inputs;
  std::size_t results;
  std::vector<Scalar> weights;
  std::vector<Scalar> bias;
  std::vector<Scalar> x;
  std::vector<Scalar> dy;

 private:
  template <class Visit>
  void visit_term(std::size_t k, std::size_t window, std::size_t tap, Visit visit) const {
    const Window& w = c.window;
    const std::size_t area = w.kernel.height * w.kernel.width;
    const std::size_t channel = k / (c.outputs / c.groups) * group_channels() + tap / area;
    const std::size_t row =
        window / windows.width * w.stride.height + tap % area / w.kernel.width * w.dilation.height;
    const std::size_t column =
        window % windows.width * w.stride.width + tap % w.kernel.width * w.dilation.width;
    if (row < w.padding.height || row >= w.padding.height + images.extent.height) return;
    if (column < w.padding.width || column >= w.padding.width + images.extent.width) return;
    visit(k * windows.height * windows.width + window,
          (channel * images.extent.height + row - w.padding.height) * images.extent.width + column -
              w.padding.width,
          k * taps() + tap);
  }
};

template <class Body>
void with_every_case(Body body) {
  for (const Case& c : kCases) {
    CAPTURE(to_text(c.image));
    CAPTURE(c.outputs);
    CAPTURE(to_text(c.window.kernel));
    const Block block(c);
    const Convolution convolution(block.images, c.outputs, c.groups);
    test::with_every_kernel_in_use([&](const Kernels&) { body(block, convolution); });
  }
}

double product(Scalar a, Scalar b) { return static_cast<double>(a) * static_cast<double>(b); }

TEST_CASE("convolution: forward is that of double precision") {
  with_every_case([](const Block& block, const Convolution& convolution) {
    std::vector<Sum> sums(block.dy.size());
    for (std::size_t n = 0; n < kSamples; ++n) {
      for (std::size_t i = 0; i < block.results; ++i) {
        sums[n * block.results + i].add(
            static_cast<double>(block.bias[i / (block.windows.height * block.windows.width)]), 1);
      }
      block.each_term([&](std::size_t y, std::size_t x, std::size_t w) {
        sums[n * block.results + y].add(static_cast<double>(block.x[n * block.inputs + x]),
                                        static_cast<double>(block.weights[w]));
      });
    }
    std::vector<Scalar> y(block.dy.size(), 7);
    convolution.forward(block.weights, block.bias, block.x_view(),
                        {y.data(), kSamples, block.results});
    test::check_sums(y.data(), sums);
  });
}

TEST_CASE("convolution: the gradient of the input is that of double precision") {
  with_every_case([](const Block& block, const Convolution& convolution) {
    std::vector<Sum> sums(block.x.size());
    for (std::size_t n = 0; n < kSamples; ++n) {
      block.each_term([&](std::size_t y, std::size_t x, std::size_t w) {
        sums[n * block.inputs + x].add(static_cast<double>(block.dy[n * block.results + y]),
                                       static_cast<double>(block.weights[w]));
      });
    }
    std::vector<Scalar> dx(block.x.size(), 7);
    convolution.input_gradient(block.weights, block.dy_view(), {dx.data(), kSamples, block.inputs});
    test::check_sums(dx.data(), sums);
  });
}

TEST_CASE("convolution: the gradients of weights and bias are added, as in double precision") {
  with_every_case([](const Block& block, const Convolution& convolution) {
    std::vector<Sum> weight_sums(block.weights.size(), Sum{3, 3});
    std::vector<Sum> bias_sums(block.bias.size(), Sum{3, 3});
    for (std::size_t n = 0; n < kSamples; ++n) {
      const Scalar* dy = block.dy.data() + n * block.results;
      for (std::size_t i = 0; i < block.results; ++i) {
        bias_sums[i / (block.windows.height * block.windows.width)].add(static_cast<double>(dy[i]),
                                                                        1);
      }
      block.each_term([&](std::size_t y, std::size_t x, std::size_t w) {
        weight_sums[w].add(product(block.x[n * block.inputs + x], dy[y]), 1);
      });
    }
    std::vector<Scalar> weights(block.weights.size(), 3);
    std::vector<Scalar> bias(block.bias.size(), 3);
    convolution.add_gradient(block.x_view(), block.dy_view(), weights, bias);
    test::check_sums(weights.data(), weight_sums);
    test::check_sums(bias.data(), bias_sums);
  });
}

TEST_CASE("convolution: a sample's bits do not depend on the samples beside it") {
  with_every_case([](const Block& block, const Convolution& convolution) {
    std::vector<Scalar> y(block.dy.size());
    std::vector<Scalar> dx(block.x.size());
    convolution.forward(block.weights, {}, block.x_view(), {y.data(), kSamples, block.results});
    convolution.input_gradient(block.weights, block.dy_view(), {dx.data(), kSamples, block.inputs});
    std::vector<Scalar> y_alone(y.size());
    std::vector<Scalar> dx_alone(dx.size());
    for (std::size_t n = 0; n < kSamples; ++n) {
      convolution.forward(block.weights, {}, {block.x_view().row(n).data(), 1, block.inputs},
                          {&y_alone[n * block.results], 1, block.results});
      convolution.input_gradient(block.weights, {block.dy_view().row(n).data(), 1, block.results},
                                 {&dx_alone[n * block.inputs], 1, block.inputs});
    }
    CHECK(test::same_bits(y, y_alone));
    CHECK(test::same_bits(dx, dx_alone));
  });
}

TEST_CASE("convolution: what a thread did before leaves nothing behind") {
  const Block block(kCases[2]);
  const Convolution convolution(block.images, block.c.outputs, block.c.groups);
  const auto gradient = [&] {
    std::vector<Scalar> weights(block.weights.size());
    convolution.add_gradient(block.x_view(), block.dy_view(), weights, {});
    return weights;
  };
  test::with_every_kernel_in_use([&](const Kernels&) {
    const auto before = gradient();
    for (const Case& c : kCases) {
      const Block other(c);
      std::vector<Scalar> y(other.dy.size());
      Convolution(other.images, c.outputs, c.groups)
          .forward(other.weights, {}, other.x_view(), {y.data(), kSamples, other.results});
    }
    CHECK(test::same_bits(before, gradient()));
  });
}

}  // namespace
}  // namespace nnrun

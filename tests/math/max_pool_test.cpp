// The largest of windows with the kernels of each instruction set, against the definition.
#include "math/max_pool.h"

#include <limits>
#include <vector>

#include "math/every_kernel.h"
#include "same_bits.h"

namespace nnrun {
namespace {

struct Case {
  Shape image;
  Window window;
};

const std::vector<Case> kCases = {
    {{6, 8, 10}, {{2, 2}, {2, 2}, {0, 0}, {1, 1}}},
    {{3, 7, 5}, {{3, 2}, {2, 1}, {1, 1}, {1, 1}}},
    {{1, 3, 9}, {{2, 5}, {1, 3}, {0, 2}, {1, 1}}},
};

/// More samples than any kernel has lanes, and a few left over.
constexpr std::size_t kSamples = 19;

/// Few different numbers, so that equals meet in a window.
std::vector<Scalar> whole_numbers(std::size_t count) {
  std::vector<Scalar> values = test::normal(count, "x", 2);
  for (Scalar& value : values) value = std::round(value);
  return values;
}

struct Expected {
  std::vector<Scalar> y;
  std::vector<Scalar> dx;
};

/// One sample by the definition.
void add_expected(const WindowedImages& images, const Scalar* x, const Scalar* dy, Scalar* y,
                  Scalar* dx) {
  const Window& w = images.window;
  const auto [height, width] = images.extent;
  const Extent windows = windows_over(images.extent, w);
  for (std::size_t c = 0; c < images.channels; ++c) {
    for (std::size_t at = 0; at < windows.height * windows.width; ++at) {
      Scalar most = -std::numeric_limits<Scalar>::infinity();
      std::size_t where = 0;
      for (std::size_t tap = 0; tap < w.kernel.height * w.kernel.width; ++tap) {
        const std::size_t row = at / windows.width * w.stride.height + tap / w.kernel.width;
        const std::size_t column = at % windows.width * w.stride.width + tap % w.kernel.width;
        if (row < w.padding.height || row >= w.padding.height + height) continue;
        if (column < w.padding.width || column >= w.padding.width + width) continue;
        const std::size_t pixel =
            (c * height + row - w.padding.height) * width + column - w.padding.width;
        if (x[pixel] > most) where = pixel;
        most = std::max(most, x[pixel]);
      }
      *y++ = most;
      dx[where] += *dy++;
    }
  }
}

TEST_CASE("max pool: values and gradients are those of the definition") {
  for (const Case& c : kCases) {
    CAPTURE(to_text(c.image));
    const WindowedImages images{c.image[0], {c.image[1], c.image[2]}, c.window};
    const Extent windows = windows_over(images.extent, c.window);
    const std::size_t inputs = elements(c.image);
    const std::size_t results = images.channels * windows.height * windows.width;
    const auto x = whole_numbers(kSamples * inputs);
    const auto dy = whole_numbers(kSamples * results);
    std::vector<Scalar> y(dy.size());
    std::vector<Scalar> dx(x.size());
    for (std::size_t n = 0; n < kSamples; ++n) {
      add_expected(images, &x[n * inputs], &dy[n * results], &y[n * results], &dx[n * inputs]);
    }
    const MaxPool pool(images);
    test::with_every_kernel_in_use([&](const Kernels&) {
      std::vector<Scalar> y_found(y.size(), 7);
      std::vector<Scalar> dx_found(x.size(), 7);
      pool.forward({x.data(), kSamples, inputs}, {y_found.data(), kSamples, results});
      pool.input_gradient({x.data(), kSamples, inputs}, {dy.data(), kSamples, results},
                          {dx_found.data(), kSamples, inputs});
      CHECK(y_found == y);
      CHECK(dx_found == dx);
    });
  }
}

}  // namespace
}  // namespace nnrun

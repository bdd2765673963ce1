// shift: moves images by whole pixels, up or down and left or right.
//   y[c, i, j] = x[c, i − di, j − dj], 0 where that is outside; di and dj uniform on −pixels … pixels
// Source:  LeCun, Bottou, Bengio, Haffner 1998, "Gradient-based learning applied to document recognition"
//          (translations among the distortions)
// Shapes:  images [C, H, W], of the data set's values
// Options: pixels  whole number ≥ 1, below H and W
// Errors:  samples that are no images; more pixels than the images have
#include <algorithm>
#include <cmath>

#include "core/augmentation.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Shift final : public Augmentation {
 public:
  static std::unique_ptr<Augmentation> from(Options& options) {
    return std::make_unique<Shift>(options.whole("pixels", whole_between(1, 65536)));
  }

  explicit Shift(std::int64_t pixels) : pixels_(pixels) {}

  Stage stage() const override { return Stage::kRaw; }

  std::optional<std::string> misfit(const Shape& sample) const override {
    if (auto why = no_image("shift", sample)) return why;
    const auto side = static_cast<std::int64_t>(std::min(sample[1], sample[2]));
    if (pixels_ < side) return std::nullopt;
    return fmt::format("{} pixels would move all of an image of {} × {} out of it", pixels_,
                       sample[1], sample[2]);
  }

  void apply(const Shape& sample, const Stream& draws, std::span<Scalar> values,
             std::span<Scalar> scratch) const override {
    const auto height = static_cast<std::int64_t>(sample[1]);
    const auto width = static_cast<std::int64_t>(sample[2]);
    const std::int64_t down = steps(draws.uniform(0));
    const std::int64_t right = steps(draws.uniform(1));
    std::copy(values.begin(), values.end(), scratch.begin());
    std::fill(values.begin(), values.end(), Scalar{0});
    const std::int64_t kept = width - std::abs(right);
    for (std::size_t c = 0; c < sample[0]; ++c) {
      const std::int64_t first = static_cast<std::int64_t>(c) * height;
      for (std::int64_t i = std::max<std::int64_t>(down, 0); i < std::min(height + down, height);
           ++i) {
        const std::int64_t from = (first + i - down) * width + std::max<std::int64_t>(-right, 0);
        const std::int64_t to = (first + i) * width + std::max<std::int64_t>(right, 0);
        std::copy_n(scratch.begin() + from, kept, values.begin() + to);
      }
    }
  }

 private:
  std::int64_t steps(double uniform) const {
    return static_cast<std::int64_t>(std::floor(uniform * static_cast<double>(2 * pixels_ + 1))) -
           pixels_;
  }

  std::int64_t pixels_;
};

const Register<Augmentation> kShift{"shift", "shift: {pixels: 2}",
                                    "moves images by whole pixels, each way as often", Shift::from};

}  // namespace
}  // namespace nnrun

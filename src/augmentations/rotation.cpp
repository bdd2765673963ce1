// rotation: turns images about their centre.
//   y[c, p] = x[c, R(p − m) + m] between the four pixels around it (bilinear), 0 outside;
//   R turns by an angle uniform on (−degrees, degrees), m = ((H − 1)/2, (W − 1)/2)
// Source:  Simard, Steinkraus, Platt 2003, "Best practices for convolutional neural networks applied to
//          visual document analysis"
// Shapes:  images [C, H, W], of the data set's values
// Options: degrees  real > 0, at most 180
// Errors:  samples that are no images
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/augmentation.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Rotation final : public Augmentation {
 public:
  static std::unique_ptr<Augmentation> from(Options& options) {
    const RealBounds bounds{.least = 0, .most = 180, .open_least = true};
    return std::make_unique<Rotation>(options.real("degrees", bounds));
  }

  explicit Rotation(double degrees) : most_(degrees / 180 * std::numbers::pi) {}

  Stage stage() const override { return Stage::kRaw; }

  std::optional<std::string> misfit(const Shape& sample) const override {
    return no_image("rotation", sample);
  }

  void apply(const Shape& sample, const Stream& draws, std::span<Scalar> values,
             std::span<Scalar> scratch) const override {
    const double angle = most_ * (2 * draws.uniform(0) - 1);
    const double cosine = std::cos(angle);
    const double sine = std::sin(angle);
    const std::size_t height = sample[1];
    const std::size_t width = sample[2];
    const double middle_y = static_cast<double>(height - 1) / 2;
    const double middle_x = static_cast<double>(width - 1) / 2;
    std::copy(values.begin(), values.end(), scratch.begin());
    for (std::size_t i = 0; i < height; ++i) {
      for (std::size_t j = 0; j < width; ++j) {
        const double y = static_cast<double>(i) - middle_y;
        const double x = static_cast<double>(j) - middle_x;
        const Place place(middle_y + cosine * y - sine * x, middle_x + sine * y + cosine * x);
        for (std::size_t c = 0; c < sample[0]; ++c) {
          const std::size_t first = c * height * width;
          values[first + i * width + j] =
              place.value(scratch.subspan(first, height * width), width);
        }
      }
    }
  }

 private:
  /// A place between pixels.
  class Place {
   public:
    Place(double y, double x)
        : row_(static_cast<std::int64_t>(std::floor(y))),
          column_(static_cast<std::int64_t>(std::floor(x))),
          down_(static_cast<Scalar>(y - std::floor(y))),
          right_(static_cast<Scalar>(x - std::floor(x))) {}

    Scalar value(std::span<const Scalar> channel, std::size_t width) const {
      const auto columns = static_cast<std::int64_t>(width);
      const auto rows = static_cast<std::int64_t>(channel.size()) / columns;
      const auto pixel = [&](std::int64_t row, std::int64_t column) {
        const bool inside = row >= 0 && row < rows && column >= 0 && column < columns;
        return inside ? channel[static_cast<std::size_t>(row * columns + column)] : Scalar{0};
      };
      const Scalar above = (1 - right_) * pixel(row_, column_) + right_ * pixel(row_, column_ + 1);
      const Scalar below =
          (1 - right_) * pixel(row_ + 1, column_) + right_ * pixel(row_ + 1, column_ + 1);
      return (1 - down_) * above + down_ * below;
    }

   private:
    std::int64_t row_;
    std::int64_t column_;
    Scalar down_;
    Scalar right_;
  };

  double most_;  ///< radians
};

const Register<Augmentation> kRotation{"rotation", "rotation: {degrees: 10}",
                                       "turns images about their centre", Rotation::from};

}  // namespace
}  // namespace nnrun

#include "base/shape.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>
#include <numeric>

namespace nnrun {

std::size_t elements(const Shape& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

bool is_image(const Shape& sample) {
  constexpr std::size_t kSmallest = 6;
  return sample.size() == 3 && (sample[0] == 1 || sample[0] == 3) && sample[1] >= kSmallest &&
         sample[2] >= kSmallest;
}

std::string to_text(const Shape& shape) { return fmt::format("{}", fmt::join(shape, " × ")); }

std::string to_text(const Extent& extent) { return to_text(Shape{extent.height, extent.width}); }

}  // namespace nnrun

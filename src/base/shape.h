// The shape of one sample, or of one parameter.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace nnrun {

/// Lengths from the outermost axis to the innermost. A sample's shape leaves out N: `{784}`,
/// `{1, 28, 28}` (C, H, W).
using Shape = std::vector<std::size_t>;

/// The number of elements: the product of the lengths, 1 for an empty shape.
std::size_t elements(const Shape& shape);

/// Whether it is [channels, height, width] of an image that a person can make out.
bool is_image(const Shape& sample);

/// "1 × 28 × 28".
std::string to_text(const Shape& shape);

/// Along the two sides of an image.
struct Extent {
  std::size_t height = 1;
  std::size_t width = 1;

  bool operator==(const Extent&) const = default;
};

/// "28 × 28".
std::string to_text(const Extent& extent);

}  // namespace nnrun

// Made-up images, as sparse and as much alike within a class as those of MNIST.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nnrun {

inline constexpr std::size_t kStrokeSide = 28;
inline constexpr std::size_t kStrokeClasses = 10;

/// [samples, 28 · 28], white on black with grey edges, always the same; class after class, as nnrun
/// sorts samples. A class is a stroke, and each of its samples moves and thickens it a little.
std::vector<std::uint8_t> stroke_images(std::size_t samples);

}  // namespace nnrun

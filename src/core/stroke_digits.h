// Digits drawn as strokes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/rng.h"

namespace nnrun {

inline constexpr std::size_t kDigitSide = 28;

/// Adds the picture of `digit`, 0 to 9, to `pixels` [28, 28], row by row: white (255) strokes on black with
/// soft edges, as MNIST's. Corners, place, size, proportions, slant, rotation and thickness are those of
/// sample number `sample` in `draws`. Nothing but +, −, ×, ÷ and square roots, which IEEE 754 defines to the
/// last bit, and a rounding to bytes: the same on every machine.
void draw_digit(std::size_t digit, const Stream& draws, std::size_t sample,
                std::span<std::uint8_t> pixels);

}  // namespace nnrun

// Writes pictures as PNG files, through libpng.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace nnrun {

/// Red, green and blue of each byte that a pixel can have.
using Palette = std::array<std::array<std::uint8_t, 3>, 256>;

/// A picture whose pixels are places in a palette, row-major.
struct PalettePicture {
  std::size_t height = 0;
  std::size_t width = 0;
  std::vector<std::uint8_t> pixels;
};

/// A picture whose pixels have red, green and blue each, row-major.
struct ColourPicture {
  std::size_t height = 0;
  std::size_t width = 0;
  std::vector<std::uint8_t> colours;  ///< [height, width, 3]
};

/// The bytes of a PNG file, the same for the same picture and libpng.
/// Source: W3C Recommendation 10 November 2003, "Portable Network Graphics (PNG) Specification".
std::string encode_png(const PalettePicture& picture, const Palette& palette);
std::string encode_png(const ColourPicture& picture);

}  // namespace nnrun

// Pictures in PNG files, through libpng.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace nnrun {

/// A picture of bytes: [channels, height, width], row-major.
struct Picture8 {
  std::size_t channels = 0;  ///< 1 grey, 3 red, green, blue
  std::size_t height = 0;
  std::size_t width = 0;
  std::vector<std::uint8_t> bytes;
};

/// Decodes a PNG file's bytes; `path` is for messages. Grey of 1, 2 and 4 bits is spread over 0 to 255, a
/// palette becomes its colours (three channels). An alpha channel, or transparency otherwise told, is left
/// out where every pixel is opaque; elsewhere it is an error, since what lies behind is not known. 16 bits a
/// channel are refused, and more than 4096 × 4096 pixels. Values are as stored: gamma and colour profiles
/// are not applied.
/// Source: W3C Recommendation 10 November 2003, "Portable Network Graphics (PNG) Specification".
Picture8 decode_png(std::string_view content, const std::filesystem::path& path);

/// Whether a file's content begins as PNG's does.
bool is_png(std::string_view content);

}  // namespace nnrun

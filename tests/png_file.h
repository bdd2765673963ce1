// PNG files of a few pixels, of any kind, for tests.
#pragma once

#include <png.h>

#include <cstdint>
#include <string>
#include <vector>

#include "support.h"

namespace nnrun::test {

/// How the pixels of a file are stored.
struct PngKind {
  int colour = PNG_COLOR_TYPE_GRAY;
  int depth = 8;
  bool interlaced = false;
  std::vector<png_color> palette{};
};

/// The bytes of a PNG file; `rows` are the packed bytes of the rows, one after the other.
inline std::string png_file(std::uint32_t width, std::uint32_t height,
                            std::vector<std::uint8_t> rows, const PngKind& kind = {}) {
  std::string bytes;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(
      png, &bytes,
      [](png_structp writer, png_bytep data, std::size_t count) {
        static_cast<std::string*>(png_get_io_ptr(writer))
            ->append(reinterpret_cast<const char*>(data), count);
      },
      nullptr);
  png_set_IHDR(png, info, width, height, kind.depth, kind.colour,
               kind.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
  if (!kind.palette.empty()) {
    png_set_PLTE(png, info, kind.palette.data(), static_cast<int>(kind.palette.size()));
  }
  png_write_info(png, info);
  REQUIRE_EQ(rows.size(), height * png_get_rowbytes(png, info));
  std::vector<png_bytep> starts;
  for (std::uint32_t y = 0; y < height; ++y)
    starts.push_back(rows.data() + y * rows.size() / height);
  png_write_image(png, starts.data());
  png_write_end(png, nullptr);
  png_destroy_write_struct(&png, &info);
  return bytes;
}

}  // namespace nnrun::test

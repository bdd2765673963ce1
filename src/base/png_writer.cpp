#include "base/png_writer.h"

#include <png.h>

#include "base/error.h"

namespace nnrun {

namespace {

/// The colours of a palette, one after the other, as libpng takes them.
std::vector<std::uint8_t> colour_map(const Palette& palette) {
  std::vector<std::uint8_t> bytes;
  for (const auto& colour : palette) bytes.insert(bytes.end(), colour.begin(), colour.end());
  return bytes;
}

}  // namespace

std::string encode_png(const PalettePicture& picture, const Palette& palette) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_RGB_COLORMAP;
  image.colormap_entries = static_cast<png_uint_32>(palette.size());
  const auto colours = colour_map(palette);
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string bytes(size, '\0');
  const int written = png_image_write_to_memory(&image, bytes.data(), &size, 0,
                                                picture.pixels.data(), 0, colours.data());
  if (written == 0) {
    throw Error(std::string("libpng cannot write a picture: ") + image.message,
                ExitStatus::kRunFailed);
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace nnrun

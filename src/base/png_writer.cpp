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

/// What libpng is to write.
png_image image_of(std::size_t height, std::size_t width, png_uint_32 format) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = format;
  return image;
}

std::string written(png_image& image, const std::uint8_t* pixels, const std::uint8_t* colours) {
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string bytes(size, '\0');
  if (png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels, 0, colours) == 0) {
    throw Error(std::string("libpng cannot write a picture: ") + image.message,
                ExitStatus::kRunFailed);
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

std::string encode_png(const PalettePicture& picture, const Palette& palette) {
  png_image image = image_of(picture.height, picture.width, PNG_FORMAT_RGB_COLORMAP);
  image.colormap_entries = static_cast<png_uint_32>(palette.size());
  return written(image, picture.pixels.data(), colour_map(palette).data());
}

std::string encode_png(const ColourPicture& picture) {
  png_image image = image_of(picture.height, picture.width, PNG_FORMAT_RGB);
  return written(image, picture.colours.data(), nullptr);
}

}  // namespace nnrun

#include "base/png.h"

#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <array>
#include <csetjmp>

#include "base/error.h"
#include "base/text.h"

namespace nnrun {

namespace {

constexpr std::size_t kMostSide = 4096;

/// What libpng's calls have in common. libpng leaves them with longjmp, so that between setjmp and the last
/// call no object may be made that needs a destructor: such objects are in here.
struct Decoding {
  std::string_view left;  ///< of the content
  std::array<char, 128> problem{};
  png_structp png = nullptr;
  png_infop info = nullptr;
  std::size_t width = 0;
  std::size_t height = 0;
  int depth = 0;
  std::size_t channels = 0;  ///< of the decoded rows, alpha included
  std::vector<std::uint8_t> pixels;
  std::vector<png_bytep> rows;

  Decoding() = default;
  Decoding(const Decoding&) = delete;
  Decoding& operator=(const Decoding&) = delete;
  Decoding(Decoding&&) = delete;
  Decoding& operator=(Decoding&&) = delete;
  ~Decoding() { png_destroy_read_struct(&png, &info, nullptr); }
};

[[noreturn]] void on_error(png_structp png, png_const_charp problem) {
  auto* decoding = static_cast<Decoding*>(png_get_error_ptr(png));
  const std::string_view text = problem;
  std::copy_n(text.begin(), std::min(text.size(), decoding->problem.size() - 1),
              decoding->problem.begin());
  png_longjmp(png, 1);
}

void on_warning(png_structp /*png*/, png_const_charp /*problem*/) {}

void on_read(png_structp png, png_bytep out, std::size_t count) {
  auto* decoding = static_cast<Decoding*>(png_get_io_ptr(png));
  if (decoding->left.size() < count) png_error(png, "ends too early; is it complete?");
  std::copy_n(decoding->left.begin(), count, out);
  decoding->left.remove_prefix(count);
}

/// False when libpng found a problem.
bool read_header(Decoding& decoding) {
  if (setjmp(png_jmpbuf(decoding.png)) != 0) return false;
  png_set_user_limits(decoding.png, kMostSide, kMostSide);
  png_read_info(decoding.png, decoding.info);
  decoding.width = png_get_image_width(decoding.png, decoding.info);
  decoding.height = png_get_image_height(decoding.png, decoding.info);
  decoding.depth = png_get_bit_depth(decoding.png, decoding.info);
  return true;
}

/// Asks for bytes, and alpha wherever transparency is told of.
bool choose_form(Decoding& decoding) {
  if (setjmp(png_jmpbuf(decoding.png)) != 0) return false;
  png_set_expand(decoding.png);
  png_set_interlace_handling(decoding.png);
  png_read_update_info(decoding.png, decoding.info);
  decoding.channels = png_get_channels(decoding.png, decoding.info);
  return true;
}

bool read_rows(Decoding& decoding) {
  if (setjmp(png_jmpbuf(decoding.png)) != 0) return false;
  png_read_image(decoding.png, decoding.rows.data());
  png_read_end(decoding.png, nullptr);
  return true;
}

void make_room(Decoding& decoding) {
  const std::size_t row = decoding.width * decoding.channels;
  decoding.pixels.resize(decoding.height * row);
  for (std::size_t y = 0; y < decoding.height; ++y) {
    decoding.rows.push_back(decoding.pixels.data() + y * row);
  }
}

/// From pixel after pixel to channel after channel; alpha is left out.
Picture8 by_channels(const Decoding& decoding) {
  const std::size_t pixels = decoding.width * decoding.height;
  Picture8 picture{
      decoding.channels < 3 ? std::size_t{1} : std::size_t{3}, decoding.height, decoding.width, {}};
  picture.bytes.reserve(pixels * picture.channels);
  for (std::size_t c = 0; c < picture.channels; ++c) {
    for (std::size_t i = 0; i < pixels; ++i) {
      picture.bytes.push_back(decoding.pixels[i * decoding.channels + c]);
    }
  }
  return picture;
}

bool is_opaque(const Decoding& decoding) {
  if (decoding.channels % 2 == 1) return true;  // no alpha
  for (std::size_t i = decoding.channels - 1; i < decoding.pixels.size(); i += decoding.channels) {
    if (decoding.pixels[i] != 255) return false;
  }
  return true;
}

}  // namespace

bool is_png(std::string_view content) { return content.starts_with("\x89PNG\r\n\x1a\n"); }

Picture8 decode_png(std::string_view content, const std::filesystem::path& path) {
  const auto fail = [&](const std::string& what) {
    throw Error(printable(path.string()) + ": " + what);
  };
  if (!is_png(content)) fail("not a PNG file");
  Decoding decoding;
  decoding.left = content;
  decoding.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &decoding, on_error, on_warning);
  if (decoding.png == nullptr) throw std::bad_alloc();
  decoding.info = png_create_info_struct(decoding.png);
  if (decoding.info == nullptr) throw std::bad_alloc();
  png_set_read_fn(decoding.png, &decoding, on_read);
  const auto broken = [&] { fail(fmt::format("a broken PNG file: {}", decoding.problem.data())); };
  if (!read_header(decoding)) broken();
  if (decoding.depth > 8)
    fail("16 bits a channel; convert it to 8, such as with ImageMagick's -depth 8");
  if (!choose_form(decoding)) broken();
  make_room(decoding);
  if (!read_rows(decoding)) broken();
  if (!is_opaque(decoding))
    fail("has transparent pixels; lay it on a background, without an alpha channel");
  return by_channels(decoding);
}

}  // namespace nnrun

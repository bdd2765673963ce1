#include "base/png.h"

#include "png_file.h"

namespace nnrun {
namespace {

using test::contains;
using test::error_of;
using test::png_file;
using test::PngKind;

using Bytes = std::vector<std::uint8_t>;

const std::string kGrey = png_file(3, 2, {0, 1, 2, 253, 254, 255});

Picture8 decoded(const std::string& content) { return decode_png(content, "a.png"); }

std::string mistake(const std::string& content) {
  return error_of([&] { decoded(content); });
}

TEST_CASE("png: grey is read as it is") {
  const Picture8 picture = decoded(kGrey);
  CHECK_EQ(picture.channels, 1);
  CHECK_EQ(picture.height, 2);
  CHECK_EQ(picture.width, 3);
  CHECK(picture.bytes == Bytes{0, 1, 2, 253, 254, 255});
}

TEST_CASE("png: colour comes channel after channel") {
  const Picture8 picture = decoded(png_file(2, 1, {1, 2, 3, 4, 5, 6}, {PNG_COLOR_TYPE_RGB}));
  CHECK_EQ(picture.channels, 3);
  CHECK(picture.bytes == Bytes{1, 4, 2, 5, 3, 6});
}

TEST_CASE("png: fewer bits are spread over a byte, a palette becomes its colours") {
  CHECK(decoded(png_file(2, 1, {0b01000000}, {PNG_COLOR_TYPE_GRAY, 1})).bytes == Bytes{0, 255});
  CHECK(decoded(png_file(4, 1, {0b00011011}, {PNG_COLOR_TYPE_GRAY, 2})).bytes ==
        Bytes{0, 85, 170, 255});
  CHECK(decoded(png_file(2, 1, {0x1f}, {PNG_COLOR_TYPE_GRAY, 4})).bytes == Bytes{17, 255});
  const PngKind palette{PNG_COLOR_TYPE_PALETTE, 8, false, {{1, 2, 3}, {4, 5, 6}}};
  CHECK(decoded(png_file(2, 1, {1, 0}, palette)).bytes == Bytes{4, 1, 5, 2, 6, 3});
}

TEST_CASE("png: interlaced pictures are put together") {
  Bytes pixels(81);
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<std::uint8_t>(3 * i);
  CHECK(decoded(png_file(9, 9, pixels, {PNG_COLOR_TYPE_GRAY, 8, true})).bytes == pixels);
}

TEST_CASE("png: alpha is left out where all is opaque, else refused") {
  CHECK(decoded(png_file(2, 1, {7, 255, 8, 255}, {PNG_COLOR_TYPE_GRAY_ALPHA})).bytes ==
        Bytes{7, 8});
  CHECK(decoded(png_file(1, 1, {7, 8, 9, 255}, {PNG_COLOR_TYPE_RGB_ALPHA})).bytes ==
        Bytes{7, 8, 9});
  CHECK(contains(mistake(png_file(2, 1, {7, 255, 8, 254}, {PNG_COLOR_TYPE_GRAY_ALPHA})),
                 "a.png: has transparent pixels"));
}

TEST_CASE("png: 16 bits a channel and pictures beyond all sense are refused") {
  CHECK(contains(mistake(png_file(1, 1, {1, 2}, {PNG_COLOR_TYPE_GRAY, 16})),
                 "a.png: 16 bits a channel"));
  CHECK(contains(mistake(png_file(4097, 1, Bytes(4097))), "a.png: a broken PNG file: "));
}

TEST_CASE("png: a file cut off anywhere is refused") {
  CHECK(contains(mistake(""), "a.png: not a PNG file"));
  for (std::size_t size = 8; size < kGrey.size(); ++size) {
    CAPTURE(size);
    CHECK(contains(mistake(kGrey.substr(0, size)), "ends too early; is it complete?"));
  }
}

TEST_CASE("png: a byte that is another is noticed wherever it stands") {
  for (std::size_t at = 0; at < kGrey.size(); ++at) {
    std::string bytes = kGrey;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x11);
    CAPTURE(at);
    CHECK(contains(mistake(bytes), "a.png: "));
  }
}

}  // namespace
}  // namespace nnrun

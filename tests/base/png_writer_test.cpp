#include "base/png_writer.h"

#include "base/png.h"
#include "support.h"

namespace nnrun {

TEST_CASE("png writer: what is written reads back as the palette's colours") {
  Palette palette{};
  palette[0] = {1, 2, 3};
  palette[255] = {250, 251, 252};
  const std::string png = encode_png({1, 3, {0, 255, 0}}, palette);
  const Picture8 picture = decode_png(png, "made.png");
  CHECK_EQ(picture.channels, 3);
  CHECK_EQ(picture.height, 1);
  CHECK_EQ(picture.bytes, std::vector<std::uint8_t>{1, 250, 1, 2, 251, 2, 3, 252, 3});
}

TEST_CASE("png writer: pixels of three colours read back as they are") {
  const ColourPicture written{2, 1, {1, 2, 3, 250, 251, 252}};
  const Picture8 picture = decode_png(encode_png(written), "made.png");
  CHECK_EQ(picture.channels, 3);
  CHECK_EQ(picture.height, 2);
  CHECK_EQ(picture.bytes, std::vector<std::uint8_t>{1, 250, 2, 251, 3, 252});
}

}  // namespace nnrun

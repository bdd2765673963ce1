#include "core/stroke_digits.h"

#include <algorithm>
#include <vector>

#include "base/checksum.h"
#include "support.h"

namespace nnrun {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes digit(std::size_t label, std::size_t sample, std::uint64_t seed = 1) {
  Bytes pixels(kDigitSide * kDigitSide);
  draw_digit(label, Stream(seed, "digits"), sample, pixels);
  return pixels;
}

TEST_CASE("stroke digits: each sample is drawn anew, and the same again") {
  for (std::size_t label = 0; label < 10; ++label) {
    CHECK(digit(label, 3) == digit(label, 3));
    CHECK(digit(label, 3) != digit(label, 4));
    CHECK(digit(label, 3) != digit(label, 3, 2));
    CHECK(digit(label, 3) != digit((label + 1) % 10, 3));
  }
}

TEST_CASE("stroke digits: ink within the picture, most of it black") {
  for (std::size_t sample = 0; sample < 200; ++sample) {
    const Bytes pixels = digit(sample % 10, sample);
    const auto dark = std::count(pixels.begin(), pixels.end(), 0);
    CAPTURE(sample);
    CHECK(*std::max_element(pixels.begin(), pixels.end()) >= 200);
    CHECK(dark >= 784 / 2);
    CHECK(dark <= 784 - 30);
  }
}

TEST_CASE("stroke digits: the bytes are the same on every machine") {
  Bytes all;
  for (std::size_t sample = 0; sample < 100; ++sample) {
    const Bytes pixels = digit(sample % 10, sample);
    all.insert(all.end(), pixels.begin(), pixels.end());
  }
  CHECK_EQ(sha256({all}), "c61c46c56aa21b1769344e430440395947fcc3eacd9f0ad049eaa5e1afc9c00c");
}

}  // namespace
}  // namespace nnrun

#include "report/html_weights.h"

#include "support.h"

namespace nnrun {

namespace {

const Shape kImage = {1, 8, 8};

NpyArray zeros(Shape shape) {
  std::size_t count = 1;
  for (const std::size_t length : shape) count *= length;
  return {std::move(shape), std::vector<Scalar>(count)};
}

}  // namespace

TEST_CASE("html weights: each unit is a picture, the largest weight has the full colour") {
  NpyArray weights = zeros({2, 64});
  weights.values[0] = -2;       // unit 0, row 0, column 0
  weights.values[64 + 10] = 1;  // unit 1, row 1, column 2
  const auto made = weight_picture(weights, kImage);
  REQUIRE(made);
  CHECK_EQ(made->largest, 2);
  CHECK_EQ(made->picture.height, 8);
  CHECK_EQ(made->picture.width, 17);
  const auto& pixels = made->picture.pixels;
  CHECK_EQ(pixels[0], 0);
  CHECK_EQ(pixels[1], 127);
  CHECK_EQ(pixels[8], 255);  // between the two
  CHECK_EQ(pixels[17 + 9 + 2], 191);
}

TEST_CASE("html weights: shapes that are no pictures have none") {
  CHECK_FALSE(weight_picture(zeros({3, 4}), {1, 2, 2}));  // too small to make out
  CHECK_FALSE(weight_picture(zeros({3, 64}), {64}));
  CHECK_FALSE(weight_picture(zeros({3, 65}), kImage));
  CHECK_FALSE(weight_picture(zeros({64}), kImage));
  CHECK_FALSE(weight_picture(zeros({0, 64}), kImage));
  const auto filters = weight_picture(zeros({4, 2, 3, 5}), kImage);
  REQUIRE(filters);
  CHECK_EQ(filters->units, 8);
  CHECK_EQ(filters->picture.height, 3);
}

TEST_CASE("html weights: images need not be square, and have a picture for each channel") {
  const auto made = weight_picture(zeros({2, 3 * 8 * 6}), {3, 8, 6});
  REQUIRE(made);
  CHECK_EQ(made->units, 6);
  CHECK_EQ(made->picture.height, 8);
  CHECK_EQ(made->picture.width, 6 * 7 - 1);
}

TEST_CASE("html weights: of many units the first 64") {
  const auto made = weight_picture(zeros({100, 64}), kImage);
  REQUIRE(made);
  CHECK_EQ(made->units, 100);
  CHECK_EQ(made->shown, 64);
  CHECK_EQ(made->picture.height, 4 * 9 - 1);
}

}  // namespace nnrun

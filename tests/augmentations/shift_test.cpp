#include <set>

#include "augmentations/augmented.h"

namespace nnrun {
namespace {

using test::augmented;
using test::misfit;

using Values = std::vector<Scalar>;

TEST_CASE("shift: one pixel of an image reaches every place within the pixels, and no other") {
  Values image(2 * 5 * 4);
  image[2 * 4 + 1] = 7;       // channel 0: row 2, column 1
  image[20 + 2 * 4 + 1] = 9;  // channel 1: the same
  std::set<std::size_t> places;
  for (int draw = 0; draw < 300; ++draw) {
    const Values moved = augmented("shift: {pixels: 1}", {2, 5, 4}, image, draw);
    std::size_t place = 0;
    while (place < 20 && moved[place] == 0) ++place;
    REQUIRE(place < 20);
    Values expected(40);
    expected[place] = 7;
    expected[20 + place] = 9;
    CHECK(moved == expected);
    places.insert(place);
  }
  CHECK(places == std::set<std::size_t>{4, 5, 6, 8, 9, 10, 12, 13, 14});
}

TEST_CASE("shift: what leaves the image is lost, what is vacated is 0") {
  const Values image = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  const std::set<Values> all = {{5, 6, 0, 8, 9, 0, 0, 0, 0},
                                {4, 5, 6, 7, 8, 9, 0, 0, 0},
                                {0, 4, 5, 0, 7, 8, 0, 0, 0},
                                {2, 3, 0, 5, 6, 0, 8, 9, 0},
                                image,
                                {0, 1, 2, 0, 4, 5, 0, 7, 8},
                                {0, 0, 0, 2, 3, 0, 5, 6, 0},
                                {0, 0, 0, 1, 2, 3, 4, 5, 6},
                                {0, 0, 0, 0, 1, 2, 0, 4, 5}};
  std::set<Values> found;
  for (int draw = 0; draw < 300; ++draw) {
    found.insert(augmented("shift: {pixels: 1}", {1, 3, 3}, image, draw));
  }
  CHECK(found == all);
}

TEST_CASE("shift: needs images larger than it moves them") {
  CHECK_EQ(misfit("shift: {pixels: 2}", {1, 3, 3}), "");
  CHECK_EQ(misfit("shift: {pixels: 3}", {1, 3, 4}),
           "3 pixels would move all of an image of 3 × 4 out of it");
  CHECK_EQ(misfit("shift: {pixels: 1}", {784}),
           "shift changes images [C, H, W], but the samples have 784 features in a row");
  CHECK(test::contains(test::mistakes_in<Augmentation>("shift: {pixels: 0}"),
                       "shift.pixels: expected a whole number from 1 to 65536, got 0"));
}

}  // namespace
}  // namespace nnrun

#include <algorithm>
#include <cmath>
#include <numeric>

#include "augmentations/augmented.h"

namespace nnrun {
namespace {

using test::augmented;
using test::misfit;

using Values = std::vector<Scalar>;

TEST_CASE("rotation: what is round about the centre stays, up to the pixels") {
  Values image(21 * 21);
  for (std::size_t i = 0; i < 21; ++i) {
    for (std::size_t j = 0; j < 21; ++j) {
      const double y = static_cast<double>(i) - 10;
      const double x = static_cast<double>(j) - 10;
      image[i * 21 + j] = static_cast<Scalar>(100 * std::exp(-(x * x + y * y) / 30));
    }
  }
  for (int draw = 0; draw < 20; ++draw) {
    const Values turned = augmented("rotation: {degrees: 180}", {1, 21, 21}, image, draw);
    for (std::size_t p = 0; p < image.size(); ++p) CHECK(std::abs(turned[p] - image[p]) < 3);
  }
}

TEST_CASE("rotation: by a small angle as worked out by hand") {
  // A column of light through the centre of 3 × 3: at angle a, the pixel above the centre comes from
  // (1 − cos a, 1 ± sin a), so it keeps (1 − sin a) of both rows' light, which is 1 in each.
  const Values image = {0, 1, 0, 0, 1, 0, 0, 1, 0};
  for (int draw = 0; draw < 20; ++draw) {
    const Stream draws(1, "test/" + std::to_string(draw));
    const double angle = (2 * draws.uniform(0) - 1) * 30 * 3.14159265358979 / 180;
    const double sine = std::abs(std::sin(angle));
    const Values turned = augmented("rotation: {degrees: 30}", {1, 3, 3}, image, draw);
    CHECK(std::abs(turned[1] - (1 - sine)) < 1e-6);
    CHECK(std::abs(turned[4] - 1) < 1e-6);
    // What stood above the centre leans to one side, what stood below to the other.
    CHECK((turned[0] > turned[2]) == (turned[8] > turned[6]));
    CHECK((turned[2] > turned[0]) == (angle > 0));
  }
}

TEST_CASE("rotation: channels turn together, and what comes from outside is 0") {
  Values image(2 * 16, 8);
  const Values turned = augmented("rotation: {degrees: 180}", {2, 4, 4}, image);
  CHECK(std::equal(turned.begin(), turned.begin() + 16, turned.begin() + 16));
  CHECK(std::accumulate(turned.begin(), turned.end(), Scalar{0}) < 8 * 32);
  CHECK(*std::max_element(turned.begin(), turned.end()) <= Scalar{8.001F});
}

TEST_CASE("rotation: needs images") {
  CHECK_EQ(misfit("rotation: {degrees: 10}", {3, 4, 5}), "");
  CHECK(test::contains(misfit("rotation: {degrees: 10}", {5}), "rotation changes images"));
  CHECK(test::contains(test::mistakes_in<Augmentation>("rotation: {degrees: 181}"),
                       "rotation.degrees: expected a real number"));
}

}  // namespace
}  // namespace nnrun

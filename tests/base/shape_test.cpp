#include "base/shape.h"

#include <doctest/doctest.h>

namespace nnrun {
namespace {

TEST_CASE("shape: elements are the product of the lengths") {
  CHECK_EQ(elements({1, 28, 28}), 784);
  CHECK_EQ(elements({784}), 784);
  CHECK_EQ(elements({}), 1);
  CHECK_EQ(elements({3, 0}), 0);
}

TEST_CASE("shape: elements go beyond 32 bits") {
  CHECK_EQ(elements({70000, 70000}), std::size_t{4900000000});
}

TEST_CASE("shape: an image has one channel or three, and pixels enough") {
  CHECK(is_image({1, 28, 28}));
  CHECK(is_image({3, 6, 40}));
  CHECK_FALSE(is_image({2, 28, 28}));
  CHECK_FALSE(is_image({1, 28, 5}));
  CHECK_FALSE(is_image({28, 28}));
  CHECK_FALSE(is_image({784}));
}

TEST_CASE("shape: text has the lengths in order") {
  CHECK_EQ(to_text(Shape{1, 28, 27}), "1 × 28 × 27");
  CHECK_EQ(to_text(Shape{784}), "784");
  CHECK_EQ(to_text(Extent{3, 5}), "3 × 5");
}

}  // namespace
}  // namespace nnrun

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "layers/image_values.h"

namespace nnrun {
namespace {

using test::backward_images;
using test::check_close;
using test::contains;
using test::counting;
using test::forward_images;
using test::make_from;
using test::misfit_of;
using test::mistakes_in;
using test::read_from;

TEST_CASE("max_pool2d: values by hand, each channel and sample for itself") {
  const auto layer = make_from<Layer>("max_pool2d: {kernel: 2}");
  CHECK(layer->output({2, 2, 5}) == Shape{2, 1, 2});  // the last column has no window
  check_close(forward_images(*layer, {2, 2, 5}, {1,  9,  3,  4,  50,  //
                                                 5,  6,  7,  8,  50,  //
                                                 -1, -2, -3, -4, 0,   //
                                                 -5, -6, -7, -8, 0}),
              {9, 8, -1, -3});
  check_close(forward_images(*layer, {1, 2, 2}, {1, 2, 3, 4, 8, 7, 6, 5}), {4, 8});
}

TEST_CASE(
    "max_pool2d: dy goes to the largest, the first of equals, and is added where windows meet") {
  const auto layer = make_from<Layer>("max_pool2d: {kernel: {height: 1, width: 2}, stride: 1}");
  check_close(backward_images(*layer, {1, 1, 5}, {1, 3, 2, 2, 0}, {1, 10, 100, 1000}).dx,
              {0, 11, 100, 1000, 0});
}

TEST_CASE("max_pool2d: padding is never the largest") {
  const auto layer = make_from<Layer>("max_pool2d: {kernel: 3, stride: 2, padding: 1}");
  const std::vector<Scalar> x = {-1, -2, -3, -4, -5, -6, -7, -8, -9};
  check_close(forward_images(*layer, {1, 3, 3}, x), {-1, -2, -4, -5});
  check_close(backward_images(*layer, {1, 3, 3}, x, {1, 2, 3, 4}).dx, {1, 2, 0, 3, 4, 0, 0, 0, 0});
}

TEST_CASE("max_pool2d: what is not a number is seen") {
  const Scalar nan = std::numeric_limits<Scalar>::quiet_NaN();
  const auto layer = make_from<Layer>("max_pool2d: {kernel: {height: 1, width: 3}}");
  for (const auto& x : {std::vector<Scalar>{nan, 1, 2}, {1, nan, 2}, {1, 2, nan}}) {
    CHECK(std::isnan(forward_images(*layer, {1, 1, 3}, x)[0]));
  }
  check_close(backward_images(*layer, {1, 1, 3}, {1, nan, 2}, {5}).dx, {0, 5, 0});
}

TEST_CASE("max_pool2d: what does not fit is told") {
  const auto layer = make_from<Layer>("max_pool2d: {kernel: {height: 4, width: 3}}");
  CHECK_EQ(misfit_of(*layer, {1, 3, 3}),
           "max_pool2d has a kernel of 4 × 3, larger than the image of 3 × 3");
  CHECK(contains(misfit_of(*layer, {784}),
                 "max_pool2d needs images (channels × height × width), but "
                 "its input is 784 for each sample; reshape makes"));
}

TEST_CASE("max_pool2d: the kernel is the default of the stride, in words") {
  CHECK_EQ(read_from<Layer>("max_pool2d: {kernel: 2}").resolved,
           "{max_pool2d: {kernel: 2, stride: kernel, padding: 0}}");
  const auto layer =
      make_from<Layer>("max_pool2d: {kernel: {height: 2, width: 3}, stride: kernel}");
  CHECK(layer->output({1, 6, 6}) == Shape{1, 3, 2});
}

TEST_CASE("max_pool2d: bad options are refused with their place") {
  CHECK_EQ(mistakes_in<Layer>("max_pool2d: {kernel: 3, padding: 2}"),
           "test:1:34: max_pool2d.padding: a padding of 2 × 2 is more than half of the kernel of "
           "3 × 3; accepted: at most 1 × 1");
  CHECK(contains(mistakes_in<Layer>("max_pool2d: {kernel: 2, stride: kernal}"),
                 "max_pool2d.stride: expected 'kernel' or a whole number from 1 to 65536"));
  CHECK(contains(mistakes_in<Layer>("max_pool2d"), "missing key 'kernel'"));
}

}  // namespace
}  // namespace nnrun

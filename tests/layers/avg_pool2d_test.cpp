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

TEST_CASE("avg_pool2d: values by hand, each channel for itself") {
  const auto layer = make_from<Layer>("avg_pool2d: {kernel: 2}");
  CHECK(layer->output({2, 2, 5}) == Shape{2, 1, 2});  // the last column has no window
  check_close(forward_images(*layer, {2, 2, 5}, counting(20)), {4, 6, 14, 16});
}

TEST_CASE("avg_pool2d: dy is shared out and added where windows meet") {
  const auto layer = make_from<Layer>("avg_pool2d: {kernel: {height: 1, width: 2}, stride: 1}");
  check_close(backward_images(*layer, {1, 1, 4}, counting(4), {2, 20, 200}).dx, {1, 11, 110, 100});
}

TEST_CASE("avg_pool2d: padded places count as zeros") {
  const auto layer = make_from<Layer>("avg_pool2d: {kernel: 2, padding: 1}");
  check_close(forward_images(*layer, {1, 2, 2}, {4, 8, 12, 16}), {1, 2, 3, 4});
  check_close(backward_images(*layer, {1, 2, 2}, {4, 8, 12, 16}, {4, 8, 12, 16}).dx, {1, 2, 3, 4});
}

TEST_CASE("avg_pool2d: what does not fit is told") {
  const auto layer = make_from<Layer>("avg_pool2d: {kernel: 4, padding: 1}");
  CHECK_EQ(
      misfit_of(*layer, {1, 1, 3}),
      "avg_pool2d has a kernel of 4 × 4, larger than the image of 1 × 3 (3 × 5 with its padding)");
  CHECK(contains(misfit_of(*layer, {784}), "avg_pool2d needs images"));
}

TEST_CASE("avg_pool2d: options are those of max_pool2d") {
  CHECK_EQ(read_from<Layer>("avg_pool2d: {kernel: 2}").resolved,
           "{avg_pool2d: {kernel: 2, stride: kernel, padding: 0}}");
  CHECK(contains(mistakes_in<Layer>("avg_pool2d: {kernel: 1, padding: 1}"),
                 "a padding of 1 × 1 is more than half of the kernel of 1 × 1"));
}

}  // namespace
}  // namespace nnrun

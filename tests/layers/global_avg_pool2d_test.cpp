#include <vector>

#include "layers/image_values.h"

namespace nnrun {
namespace {

using test::check_close;
using test::contains;
using test::make_from;
using test::misfit_of;

TEST_CASE("global_avg_pool2d: the mean of each channel, and its gradient") {
  const auto layer = make_from<Layer>("global_avg_pool2d");
  CHECK(layer->output({2, 1, 4}) == Shape{2});
  const std::vector<Scalar> x = {1, 2, 3, 6, 10, 20, 30, 40};
  check_close(test::forward_images(*layer, {2, 1, 4}, x), {3, 25});
  check_close(test::backward_images(*layer, {2, 1, 4}, x, {4, 8}).dx, {1, 1, 1, 1, 2, 2, 2, 2});
}

TEST_CASE("global_avg_pool2d: needs images and takes no options") {
  CHECK(
      contains(misfit_of(*make_from<Layer>("global_avg_pool2d"), {784}),
               "global_avg_pool2d needs images (channels × height × width), but its input is 784"));
  CHECK(
      contains(test::mistakes_in<Layer>("global_avg_pool2d: {kernel: 2}"), "unknown key 'kernel'"));
}

}  // namespace
}  // namespace nnrun

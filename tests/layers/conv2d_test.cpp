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

TEST_CASE("conv2d: values by hand, the kernel not turned around") {
  // The image (1 2 3; 4 5 6; 7 8 9): 1·1 + 10·2 + 100·4 + 1000·5 = 5421, and 0.5 more.
  const auto layer = make_from<Layer>("conv2d: {channels: 1, kernel: 2}");
  check_close(forward_images(*layer, {1, 3, 3}, counting(9), {1, 10, 100, 1000, 0.5}),
              {5421.5, 6532.5, 8754.5, 9865.5});
}

TEST_CASE("conv2d: gradients by hand") {
  const auto layer = make_from<Layer>("conv2d: {channels: 1, kernel: 2}");
  const auto found = backward_images(*layer, {1, 3, 3}, counting(9), {1, 0, 0, 2}, {1, 2, 3, 4, 0});
  // dW = the corner's window plus twice the last one: (1 2; 4 5) + 2 (5 6; 8 9); db = 3.
  check_close(found.gradient, {11, 14, 20, 23, 3});
  check_close(found.dx, {1, 2, 0, 3, 4 + 2, 4, 0, 6, 8});
}

TEST_CASE("conv2d: channels are added up, and every sample and output has its own") {
  const auto layer = make_from<Layer>("conv2d: {channels: 2, kernel: 1}");
  // Two samples of two channels with one pixel: y = W x + b with W = (1 2; 3 4), b = (10, 20).
  check_close(forward_images(*layer, {2, 1, 1}, {1, 0, 5, 6}, {1, 2, 3, 4, 10, 20}),
              {11, 23, 10 + 17, 20 + 39});
}

TEST_CASE("conv2d: stride, padding and dilation by hand, each side its own") {
  const std::vector<Scalar> ones = {1, 1, 0};
  const auto strided = make_from<Layer>(
      "conv2d: {channels: 1, kernel: {height: 1, width: 2}, stride: {height: 2, width: 3}}");
  // Rows 0 and 2, pairs from columns 0 and 3 of a row of five.
  check_close(forward_images(*strided, {1, 3, 5}, counting(15), ones), {3, 9, 23, 29});
  const auto padded = make_from<Layer>(
      "conv2d: {channels: 1, kernel: {height: 1, width: 2}, padding: {height: 1, width: 0}}");
  check_close(forward_images(*padded, {1, 1, 3}, {1, 2, 3}, {1, 1, 0.5}),
              {0.5, 0.5, 3.5, 5.5, 0.5, 0.5});
  const auto dilated = make_from<Layer>(
      "conv2d: {channels: 1, kernel: {height: 1, width: 2}, dilation: {height: 1, width: 2}}");
  check_close(forward_images(*dilated, {1, 1, 5}, counting(5), ones), {4, 6, 8});
}

TEST_CASE("conv2d: groups see their own channels alone") {
  const auto layer = make_from<Layer>("conv2d: {channels: 4, kernel: 1, groups: 2, bias: none}");
  CHECK(layer->parameters({4, 1, 1})[0].shape == Shape{4, 2, 1, 1});
  const std::vector<Scalar> weights = {1, 2, 3, 4, 5, 6, 7, 8};
  check_close(forward_images(*layer, {4, 1, 1}, {1, 10, 100, 1000}, weights), {21, 43, 6500, 8700});
  const auto found = backward_images(*layer, {4, 1, 1}, {1, 10, 100, 1000}, {1, 0, 0, 1}, weights);
  check_close(found.dx, {1, 2, 7, 8});
  check_close(found.gradient, {1, 10, 0, 0, 0, 0, 100, 1000});
}

TEST_CASE("conv2d: the first layer's dx may be left out, and gradients are added") {
  const auto layer = make_from<Layer>("conv2d: {channels: 1, kernel: 1}")->fitted({1, 1, 2});
  const std::vector<Scalar> parameters = {2, 1};
  const test::Matrix x(1, 2, {3, 4});
  const test::Matrix dy(1, 2, {1, 10});
  std::vector<Scalar> gradient = {100, 200};
  layer->backward({parameters, x.view(), dy.view(), dy.view(), {}, gradient});
  check_close(gradient, {143, 211});
}

TEST_CASE("conv2d: shapes, parameters and fans") {
  const auto layer = make_from<Layer>(
      "conv2d: {channels: 6, kernel: {height: 5, width: 3}, stride: 2, padding: {height: 2, width: "
      "0}, dilation: 2, groups: 3}");
  // ⌊(28 + 4 − 8 − 1) / 2⌋ + 1 and ⌊(31 − 4 − 1) / 2⌋ + 1.
  CHECK(layer->output({3, 28, 31}) == Shape{6, 12, 14});
  const auto parameters = layer->parameters({3, 28, 31});
  REQUIRE_EQ(parameters.size(), 2);
  CHECK_EQ(parameters[0].name, "weights");
  CHECK(parameters[0].shape == Shape{6, 1, 5, 3});
  CHECK_EQ(parameters[0].fans.in, 15);
  CHECK_EQ(parameters[0].fans.out, 90);
  CHECK_EQ(parameters[1].name, "bias");
  CHECK(parameters[1].shape == Shape{6});
}

TEST_CASE("conv2d: the images of LeNet-5") {
  Shape shape = {1, 28, 28};
  std::size_t parameters = 0;
  for (const char* text :
       {"conv2d: {channels: 6, kernel: 5, padding: 2}", "max_pool2d: {kernel: 2}",
        "conv2d: {channels: 16, kernel: 5}", "avg_pool2d: {kernel: 2}"}) {
    const auto layer = make_from<Layer>(text);
    const Shape after = layer->output(shape);
    for (const auto& parameter : layer->parameters(shape)) parameters += elements(parameter.shape);
    shape = after;
  }
  CHECK(shape == Shape{16, 5, 5});
  CHECK_EQ(parameters, 156 + 2416);
}

TEST_CASE("conv2d: defaults are filled in") {
  CHECK_EQ(read_from<Layer>("conv2d: {channels: 2, kernel: 3}").resolved,
           "{conv2d: {channels: 2, kernel: 3, stride: 1, padding: 0, dilation: 1, groups: 1, "
           "weights: glorot_uniform, bias: zeros, frozen: false}}");
}

TEST_CASE("conv2d: what does not fit says what is there and what would") {
  const auto five = make_from<Layer>("conv2d: {channels: 6, kernel: 5}");
  CHECK_EQ(misfit_of(*five, {1, 4, 28}),
           "conv2d has a kernel of 5 × 5, larger than the image of 4 × 28");
  const auto dilated =
      make_from<Layer>("conv2d: {channels: 6, kernel: 3, padding: 1, dilation: 4}");
  CHECK_EQ(
      misfit_of(*dilated, {1, 6, 28}),
      "conv2d has a kernel of 3 × 3 (9 × 9 with its dilation), larger than the image of 6 × 28 "
      "(8 × 30 with its padding)");
  CHECK_EQ(misfit_of(*five, {784}),
           "conv2d needs images (channels × height × width), but its input is 784 for each sample; "
           "reshape makes an image of a row: reshape: {shape: [1, 28, 28]}");
  const auto groups = make_from<Layer>("conv2d: {channels: 6, kernel: 1, groups: 4}");
  CHECK_EQ(misfit_of(*groups, {3, 5, 5}),
           "conv2d has 4 groups, which do not divide the 3 channels of its input");
  CHECK_EQ(misfit_of(*groups, {4, 5, 5}),
           "conv2d has 4 groups, which do not divide the 6 channels of its output");
  const auto wide = make_from<Layer>("conv2d: {channels: 65536, kernel: 1, padding: 65536}");
  CHECK_EQ(
      misfit_of(*wide, {1, 1, 1}),
      "conv2d: an image of 1 × 1 (131073 × 131073 with its padding) with 65536 channels is too "
      "large");
}

TEST_CASE("conv2d: bad options are refused with their place") {
  CHECK(contains(mistakes_in<Layer>("conv2d: {channels: 0, kernel: 3}"),
                 "test:1:20: conv2d.channels: expected a whole number from 1 to 65536, got 0"));
  CHECK(contains(mistakes_in<Layer>("conv2d: {channels: 1}"), "missing key 'kernel'"));
  CHECK(contains(mistakes_in<Layer>("conv2d: {channels: 1, kernel: 1, groups: 0}"),
                 "conv2d.groups: expected a whole number from 1 to 65536, got 0"));
  CHECK(contains(mistakes_in<Layer>("conv2d: {channels: 1, kernel: 1, dilation: {height: 0}}"),
                 "conv2d.dilation.height: expected a whole number from 1 to 65536, got 0"));
  CHECK(contains(mistakes_in<Layer>("conv2d: {channels: 1, kernel: 1, pading: 1}"),
                 "did you mean 'padding'?"));
}

}  // namespace
}  // namespace nnrun

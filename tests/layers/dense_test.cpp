#include <string>
#include <vector>

#include "layers/layer_values.h"
#include "support.h"

namespace nnrun {
namespace {

using test::check_close;
using test::contains;
using test::make_from;
using test::Matrix;
using test::mistakes_in;
using test::read_from;

// W = (1 2 3; 4 5 6) and b = (10, 20), in memory: W transposed, then b.
const std::vector<Scalar> kParameters = {1, 4, 2, 5, 3, 6, 10, 20};

TEST_CASE("dense: y is x W' + b") {
  const auto dense = make_from<Layer>("dense: {units: 2}");
  // First row: 1·1 + 0·2 + 2·3 + 10 = 17 and 1·4 + 0·5 + 2·6 + 20 = 36; the second row is b + W₂.
  check_close(test::forward(*dense, Matrix(2, 3, {1, 0, 2, 0, 1, 0}), kParameters),
              {17, 36, 12, 25});
}

TEST_CASE("dense: gradients by hand are added to what is there") {
  const auto dense = make_from<Layer>("dense: {units: 2}");
  const Matrix x(2, 3, {1, 0, 2, 0, 1, 0});
  const Matrix dy(2, 2, {1, 2, 3, 4});
  const auto found = test::backward(*dense, x, dy, kParameters, std::vector<Scalar>(8, 100));
  // dW = dy' x = (1 3 2; 2 4 4), transposed (1 2; 3 4; 2 4); db = (4, 6).
  check_close(found.gradient, {101, 102, 103, 104, 102, 104, 104, 106});
  // dx = dy W: (1·1 + 2·4, 1·2 + 2·5, 1·3 + 2·6) and (3·1 + 4·4, 3·2 + 4·5, 3·3 + 4·6).
  check_close(found.dx, {9, 12, 15, 19, 26, 33});
}

TEST_CASE("dense: the first layer's dx may be left out") {
  const auto dense = make_from<Layer>("dense: {units: 2}");
  const Matrix x(1, 3, {1, 2, 3});
  const Matrix y(1, 2);
  const Matrix dy(1, 2, {1, 1});
  std::vector<Scalar> gradient(8);
  dense->backward({kParameters, x.view(), y.view(), dy.view(), {}, gradient});
  check_close(gradient, {1, 1, 2, 2, 3, 3, 1, 1});
}

TEST_CASE("dense: an image needs flatten, unless it is the data set's") {
  const auto dense = make_from<Layer>("dense: {units: 5}");
  CHECK(dense->takes_rows());
  CHECK_EQ(test::misfit_of(*dense, {1, 28, 28}),
           "dense needs rows, but its input is 1 × 28 × 28 for each sample; put flatten before it");
}

TEST_CASE("dense: parameters have the shapes of their documentation") {
  const auto parameters = make_from<Layer>("dense: {units: 5}")->parameters({784});
  REQUIRE_EQ(parameters.size(), 2);
  CHECK_EQ(parameters[0].name, "weights");
  CHECK(parameters[0].shape == Shape{5, 784});
  CHECK_EQ(parameters[0].fans.in, 784);
  CHECK_EQ(parameters[0].fans.out, 5);
  CHECK_EQ(parameters[1].name, "bias");
  CHECK(parameters[1].shape == Shape{5});
}

TEST_CASE("dense: the bias may be left out") {
  const auto dense = make_from<Layer>("dense: {units: 2, bias: none}");
  REQUIRE_EQ(dense->parameters({3}).size(), 1);
  CHECK_EQ(dense->affine_units(), 0);
  const Matrix x(1, 3, {1, 0, 2});
  check_close(test::forward(*dense, x, {1, 2, 3, 4, 5, 6}), {11, 14});
  const auto found =
      test::backward(*dense, x, Matrix(1, 2, {1, 10}), {1, 2, 3, 4, 5, 6}, std::vector<Scalar>(6));
  check_close(found.gradient, {1, 10, 0, 0, 2, 20});
  check_close(found.dx, {21, 43, 65});
}

TEST_CASE("dense: defaults are glorot_uniform weights, a bias of zeros, and training") {
  CHECK_EQ(read_from<Layer>("dense: {units: 2}").resolved,
           "{dense: {units: 2, weights: glorot_uniform, bias: zeros, frozen: false}}");
}

TEST_CASE("dense: bad options are refused") {
  CHECK_EQ(mistakes_in<Layer>("dense"),
           "test:1:1: dense: missing key 'units': expected a whole number from 1 to 16777216");
  for (const char* units : {"0", "-3", "1.5", "many", "\"3\"", "16777217"}) {
    CAPTURE(units);
    const auto text = "dense: {units: " + std::string(units) + "}";
    CHECK(contains(mistakes_in<Layer>(text),
                   "test:1:16: dense.units: expected a whole number from 1 to 16777216, got"));
  }
  CHECK(contains(mistakes_in<Layer>("dense: {units: 3, weights: zeroes}"),
                 "dense.weights: unknown initializer 'zeroes'; did you mean 'zeros'?"));
  CHECK(
      contains(mistakes_in<Layer>("dense: {units: 3, weight: zeros}"), "did you mean 'weights'?"));
}

TEST_CASE("dense: every mistake is reported at once") {
  const std::string found =
      mistakes_in<Layer>("dense: {units: 0, weights: {normal: {stddev: 0}}, x: 1}");
  CHECK(contains(found, "dense.units"));
  CHECK(contains(found, "dense.weights.normal.stddev: expected a real number > 0, got 0"));
  CHECK(contains(found, "unknown key 'x'"));
}

}  // namespace
}  // namespace nnrun

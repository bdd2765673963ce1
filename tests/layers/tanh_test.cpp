#include <vector>

#include "layers/layer_values.h"
#include "support.h"

namespace nnrun {
namespace {

using test::check_close;
using test::make_from;
using test::Matrix;
using test::mistakes_in;

const Matrix kX(1, 3, {0, 0.6931471805599453F, -0.6931471805599453F});

TEST_CASE("tanh: values by hand") {
  // tanh(ln 2) = (2 - 1/2) / (2 + 1/2) = 0.6.
  check_close(test::forward(*make_from<Layer>("tanh"), kX), {0, 0.6, -0.6});
}

TEST_CASE("tanh: gradient by hand") {
  // 1 - y² is 1, 0.64 and 0.64, times dy = (1, 2, -16).
  const auto found = test::backward(*make_from<Layer>("tanh"), kX, Matrix(1, 3, {1, 2, -16}));
  check_close(found.dx, {1, 1.28, -10.24});
}

TEST_CASE("tanh: any shape goes through and there are no parameters") {
  const auto layer = make_from<Layer>("tanh");
  CHECK(layer->output({3, 5, 7}) == Shape{3, 5, 7});
  CHECK(layer->parameters({3}).empty());
}

TEST_CASE("tanh: as the first layer it needs no dx") {
  const Matrix y(1, 3);
  std::vector<Scalar> none;
  make_from<Layer>("tanh")->backward({none, kX.view(), y.view(), y.view(), {}, none});
}

TEST_CASE("tanh: options are refused") {
  CHECK_EQ(mistakes_in<Layer>("tanh: {slope: 1}"),
           "test:1:8: tanh: unknown key 'slope'; there are no options here");
}

}  // namespace
}  // namespace nnrun

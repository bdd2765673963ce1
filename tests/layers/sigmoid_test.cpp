#include <vector>

#include "layers/layer_values.h"
#include "support.h"

namespace nnrun {
namespace {

using test::check_close;
using test::make_from;
using test::Matrix;
using test::mistakes_in;

const Matrix kX(1, 3, {0, 1.0986122886681098F, -1.0986122886681098F});

TEST_CASE("sigmoid: values by hand") {
  // y(0) = 1/2, y(ln 3) = 1 / (1 + 1/3) = 3/4, y(-ln 3) = 1/4.
  check_close(test::forward(*make_from<Layer>("sigmoid"), kX), {0.5, 0.75, 0.25});
}

TEST_CASE("sigmoid: gradient by hand") {
  // y (1 - y) is 1/4, 3/16 and 3/16, times dy = (1, 2, -16).
  const auto found = test::backward(*make_from<Layer>("sigmoid"), kX, Matrix(1, 3, {1, 2, -16}));
  check_close(found.dx, {0.25, 0.375, -3});
}

TEST_CASE("sigmoid: any shape goes through and there are no parameters") {
  const auto layer = make_from<Layer>("sigmoid");
  CHECK(layer->output({3, 5, 7}) == Shape{3, 5, 7});
  CHECK(layer->parameters({3}).empty());
}

TEST_CASE("sigmoid: as the first layer it needs no dx") {
  const Matrix y(1, 3);
  std::vector<Scalar> none;
  make_from<Layer>("sigmoid")->backward({none, kX.view(), y.view(), y.view(), {}, none});
}

TEST_CASE("sigmoid: options are refused") {
  CHECK_EQ(mistakes_in<Layer>("sigmoid: {slope: 1}"),
           "test:1:11: sigmoid: unknown key 'slope'; there are no options here");
}

}  // namespace
}  // namespace nnrun

#include <vector>

#include "layers/layer_values.h"
#include "support.h"

namespace nnrun {
namespace {

using test::check_close;
using test::make_from;
using test::Matrix;
using test::mistakes_in;

const Matrix kX(1, 3, {0, 2.5F, -3});

TEST_CASE("relu: values by hand") {
  // Zero itself stays zero, and its gradient is zero too.
  check_close(test::forward(*make_from<Layer>("relu"), kX), {0, 2.5, 0});
}

TEST_CASE("relu: gradient by hand") {
  // dy = (1, 2, -16) goes through where x > 0.
  const auto found = test::backward(*make_from<Layer>("relu"), kX, Matrix(1, 3, {1, 2, -16}));
  check_close(found.dx, {0, 2, 0});
}

TEST_CASE("relu: any shape goes through and there are no parameters") {
  const auto layer = make_from<Layer>("relu");
  CHECK(layer->output({3, 5, 7}) == Shape{3, 5, 7});
  CHECK(layer->parameters({3}).empty());
}

TEST_CASE("relu: as the first layer it needs no dx") {
  const Matrix y(1, 3);
  std::vector<Scalar> none;
  make_from<Layer>("relu")->backward({none, kX.view(), y.view(), y.view(), {}, none});
}

TEST_CASE("relu: options are refused") {
  CHECK_EQ(mistakes_in<Layer>("relu: {slope: 1}"),
           "test:1:8: relu: unknown key 'slope'; there are no options here");
}

}  // namespace
}  // namespace nnrun

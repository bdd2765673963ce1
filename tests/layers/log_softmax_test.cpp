#include <cmath>
#include <string>

#include "layers/layer_values.h"
#include "support.h"

namespace nnrun {
namespace {

using test::check_close;
using test::contains;
using test::make_from;
using test::Matrix;
using test::mistakes_in;

constexpr Scalar kLn2 = 0.6931471805599453F;

TEST_CASE("log_softmax: values by hand") {
  // softmax (2, 1, 1) / 4; far below the largest the logarithm goes on where the softmax is 0.
  const Matrix x(2, 3, {kLn2, 0, 0, 1000, 1000, -1000});
  check_close(test::forward(*make_from<Layer>("log_softmax"), x),
              {-std::log(2.0), -std::log(4.0), -std::log(4.0), -std::log(2.0), -std::log(2.0),
               -2000 - std::log(2.0)});
}

TEST_CASE("log_softmax: gradient by hand") {
  // softmax (1/2, 1/4, 1/4), dy = (4, 0, 8): Σ dy = 12, dx = (4 − 6, 0 − 3, 8 − 3).
  const Matrix x(1, 3, {kLn2, 0, 0});
  check_close(test::backward(*make_from<Layer>("log_softmax"), x, Matrix(1, 3, {4, 0, 8})).dx,
              {-2, -3, 5});
}

TEST_CASE("log_softmax: the first layer's dx may be left out") {
  const Matrix x(1, 2, {1, 2});
  std::vector<Scalar> none;
  make_from<Layer>("log_softmax")->backward({none, x.view(), x.view(), x.view(), {}, none});
}

std::string misfit_of(const Shape& input) {
  try {
    make_from<Layer>("log_softmax")->output(input);
  } catch (const Misfit& misfit) {
    return misfit.what();
  }
  return {};
}

TEST_CASE("log_softmax: rows of at least two values are needed") {
  CHECK(make_from<Layer>("log_softmax")->output({2}) == Shape{2});
  CHECK(
      contains(misfit_of({1}), "log_softmax needs rows of at least 2 values, but its input is 1"));
  CHECK(contains(misfit_of({1, 28, 28}), "but its input is 1 × 28 × 28"));
}

TEST_CASE("log_softmax: options are refused") {
  CHECK(contains(mistakes_in<Layer>("log_softmax: {axis: 1}"), "unknown key 'axis'"));
}

}  // namespace
}  // namespace nnrun

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

constexpr Scalar kLn2 = 0.6931471805599453F;

TEST_CASE("softmax: values by hand") {
  // e^(ln 2) = 2: (2, 1, 1) / 4; the same with 1000 added to each.
  const Matrix x(2, 3, {kLn2, 0, 0, 1000, 1000, 1000});
  check_close(test::forward(*make_from<Layer>("softmax"), x),
              {0.5, 0.25, 0.25, 1.0 / 3, 1.0 / 3, 1.0 / 3});
}

TEST_CASE("softmax: gradient by hand") {
  // y = (1/2, 1/4, 1/4), dy = (4, 0, 8): Σ dy y = 4, dx = (1/2 · 0, 1/4 · −4, 1/4 · 4).
  const Matrix x(1, 3, {kLn2, 0, 0});
  check_close(test::backward(*make_from<Layer>("softmax"), x, Matrix(1, 3, {4, 0, 8})).dx,
              {0, -1, 1});
}

std::string misfit_of(const Shape& input) {
  try {
    make_from<Layer>("softmax")->output(input);
  } catch (const Misfit& misfit) {
    return misfit.what();
  }
  return {};
}

TEST_CASE("softmax: rows of at least two values are needed") {
  CHECK(make_from<Layer>("softmax")->output({2}) == Shape{2});
  CHECK(contains(misfit_of({1}), "softmax needs rows of at least 2 values, but its input is 1"));
  CHECK(contains(misfit_of({1, 28, 28}), "but its input is 1 × 28 × 28"));
}

TEST_CASE("softmax: options are refused") {
  CHECK(contains(mistakes_in<Layer>("softmax: {axis: 1}"), "unknown key 'axis'"));
}

}  // namespace
}  // namespace nnrun

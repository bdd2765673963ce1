// What the tests of activations share: an activation works element by element, keeps any shape and has
// no parameters.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "layers/layer_values.h"
#include "support.h"

namespace nnrun::test {

/// One row worked out by hand.
struct ActivationValues {
  std::string text;  ///< as in YAML
  std::vector<Scalar> x;
  std::vector<double> y;
  std::vector<Scalar> dy;
  std::vector<double> dx;
};

/// However far an element is from zero, and with a NaN beside it.
inline void check_far_ends(const Layer& layer) {
  constexpr Scalar kNan = std::numeric_limits<Scalar>::quiet_NaN();
  const Matrix x(1, 11, {kNan, 0, -0.0F, 1e-40F, -20, 20, -90, 90, 1e4F, 3e38F, -3e38F});
  const auto y = forward(layer, x);
  const auto dx = backward(layer, x, Matrix(1, 11, std::vector<Scalar>(11, 1))).dx;
  CHECK(std::isnan(y[0]));  // divergence is not hidden
  CHECK(std::all_of(y.begin() + 1, y.end(), [](Scalar value) { return std::isfinite(value); }));
  CHECK(std::all_of(dx.begin() + 1, dx.end(), [](Scalar value) { return std::isfinite(value); }));
}

inline void check_values(const ActivationValues& values) {
  const auto layer = make_from<Layer>(values.text);
  const Matrix x(1, values.x.size(), values.x);
  const Matrix dy(1, values.dy.size(), values.dy);
  check_close(forward(*layer, x), values.y);
  check_close(backward(*layer, x, dy).dx, values.dx);
  // As the first layer it is asked for no dx.
  std::vector<Scalar> none;
  layer->backward({none, x.view(), x.view(), dy.view(), {}, none});
  CHECK(layer->output({3, 5, 7}) == Shape{3, 5, 7});
  CHECK(layer->parameters({3}).empty());
  check_far_ends(*layer);
}

/// The same for an activation without options.
inline void check_activation(const ActivationValues& values) {
  check_values(values);
  CHECK(contains(mistakes_in<Layer>(values.text + ": {slope: 1}"),
                 values.text + ": unknown key 'slope'; there are no options here"));
}

/// y and f'(x) of each x within 1e-6 of `value` and `derivative` themselves, however small they are.
inline void check_small_values(const Layer& layer, const std::vector<Scalar>& x,
                               double (*value)(double), double (*derivative)(double)) {
  const Matrix row(1, x.size(), x);
  const auto y = forward(layer, row);
  const auto d = backward(layer, row, Matrix(1, x.size(), std::vector<Scalar>(x.size(), 1))).dx;
  for (std::size_t i = 0; i < x.size(); ++i) {
    CAPTURE(x[i]);
    const auto at = static_cast<double>(x[i]);
    CHECK(static_cast<double>(y[i]) == doctest::Approx(value(at)).epsilon(1e-6).scale(0));
    CHECK(static_cast<double>(d[i]) == doctest::Approx(derivative(at)).epsilon(1e-6).scale(0));
  }
}

}  // namespace nnrun::test

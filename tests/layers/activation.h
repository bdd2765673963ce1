// What the tests of activations share: an activation works element by element, keeps any shape and has
// neither parameters nor options.
#pragma once

#include <string>
#include <vector>

#include "layers/layer_values.h"
#include "support.h"

namespace nnrun::test {

/// One row worked out by hand.
struct ActivationValues {
  std::string name;
  std::vector<Scalar> x;
  std::vector<double> y;
  std::vector<Scalar> dy;
  std::vector<double> dx;
};

inline void check_activation(const ActivationValues& values) {
  const auto layer = make_from<Layer>(values.name);
  const Matrix x(1, values.x.size(), values.x);
  const Matrix dy(1, values.dy.size(), values.dy);
  check_close(forward(*layer, x), values.y);
  check_close(backward(*layer, x, dy).dx, values.dx);
  // As the first layer it is asked for no dx.
  std::vector<Scalar> none;
  layer->backward({none, x.view(), x.view(), dy.view(), {}, none});
  CHECK(layer->output({3, 5, 7}) == Shape{3, 5, 7});
  CHECK(layer->parameters({3}).empty());
  CHECK(contains(mistakes_in<Layer>(values.name + ": {slope: 1}"),
                 values.name + ": unknown key 'slope'; there are no options here"));
}

}  // namespace nnrun::test

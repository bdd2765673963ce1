// What the tests of layers share: one block forward, and one back.
#pragma once

#include <string>
#include <vector>

#include "core/layer.h"
#include "support.h"

namespace nnrun::test {

inline std::size_t output_width(const Layer& layer, std::size_t input_width) {
  return elements(layer.output({input_width}));
}

/// y of a block of rows, by a layer whose parameters are given.
inline std::vector<Scalar> forward(const Layer& layer, const Matrix& x,
                                   const std::vector<Scalar>& parameters = {}) {
  Matrix y(x.view().rows(), output_width(layer, x.view().columns()));
  layer.forward(parameters, x.view(), y.view());
  return y.values();
}

/// What a layer says that cannot follow such samples; empty when it can.
inline std::string misfit_of(const Layer& layer, const Shape& input) {
  try {
    layer.output(input);
  } catch (const Misfit& misfit) {
    return misfit.what();
  }
  return {};
}

struct BackwardValues {
  std::vector<Scalar> dx;
  std::vector<Scalar> gradient;
};

/// dx and the parameters' gradient; `gradient` starts at what is given.
inline BackwardValues backward(const Layer& layer, const Matrix& x, const Matrix& dy,
                               const std::vector<Scalar>& parameters = {},
                               std::vector<Scalar> gradient = {}) {
  Matrix y(x.view().rows(), dy.view().columns());
  layer.forward(parameters, x.view(), y.view());
  Matrix dx(x.view().rows(), x.view().columns());
  layer.backward({parameters, x.view(), y.view(), dy.view(), dx.view(), gradient});
  return {dx.values(), gradient};
}

}  // namespace nnrun::test

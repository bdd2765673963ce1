// What the tests of layers for images share: a block of images forward, and one back.
#pragma once

#include <string>
#include <vector>

#include "layers/layer_values.h"

namespace nnrun::test {

/// Images of one shape, one after the other.
inline Matrix images(const Shape& sample, std::vector<Scalar> values) {
  const std::size_t rows = values.size() / elements(sample);
  return {rows, elements(sample), std::move(values)};
}

/// y of images of shape `sample`.
inline std::vector<Scalar> forward_images(const Layer& layer, const Shape& sample,
                                          const std::vector<Scalar>& x,
                                          const std::vector<Scalar>& parameters = {}) {
  const Matrix block = images(sample, x);
  Matrix y(block.view().rows(), elements(layer.output(sample)));
  const auto fitted = layer.fitted(sample);
  (fitted ? *fitted : layer).forward(parameters, block.view(), y.view());
  return y.values();
}

/// dx and the gradient, added to zeros.
inline BackwardValues backward_images(const Layer& layer, const Shape& sample,
                                      const std::vector<Scalar>& x, const std::vector<Scalar>& dy,
                                      const std::vector<Scalar>& parameters = {}) {
  const Matrix block = images(sample, x);
  const std::size_t rows = block.view().rows();
  const auto fitted = layer.fitted(sample);
  return backward(fitted ? *fitted : layer, block, Matrix(rows, elements(layer.output(sample)), dy),
                  parameters, std::vector<Scalar>(parameters.size()));
}

/// 1, 2, … count.
inline std::vector<Scalar> counting(std::size_t count) {
  std::vector<Scalar> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<Scalar>(i + 1);
  return values;
}

}  // namespace nnrun::test

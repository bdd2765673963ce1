// One sample changed by a leaf, for the tests of augmentations.
#pragma once

#include <string>
#include <vector>

#include "core/augmentation.h"
#include "support.h"

namespace nnrun::test {

/// `values` as the leaf changes them with the draws number `draw`.
inline std::vector<Scalar> augmented(const std::string& leaf, const Shape& sample,
                                     std::vector<Scalar> values, int draw = 0) {
  std::vector<Scalar> scratch(values.size(), Scalar{-1});
  const Stream draws(1, "test/" + std::to_string(draw));
  make_from<Augmentation>(leaf)->apply(sample, draws, values, scratch);
  return values;
}

inline std::string misfit(const std::string& leaf, const Shape& sample) {
  return make_from<Augmentation>(leaf)->misfit(sample).value_or("");
}

}  // namespace nnrun::test

// The data set's bytes as the numbers that the first layer sees.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/tensor.h"
#include "core/dataset.h"

namespace nnrun {

/// What is done to each feature before training.
enum class Scale {
  kNone,      ///< x = byte
  kUnit,      ///< x = byte / 255
  kStandard,  ///< x = (byte − mean) / standard deviation, of each feature over the training
              ///< samples; a feature that never changes becomes 0
};

/// Features stay bytes in memory; a block is made of them when it is needed.
class FeatureScaling {
 public:
  /// `fitted_on` are the training samples, which kStandard takes its means from.
  FeatureScaling(Scale scale, const Samples& samples, std::span<const std::uint32_t> fitted_on);

  /// Writes the samples at `positions` into the rows of x [N, D].
  void load(const Samples& samples, std::span<const std::uint32_t> positions, MatrixView x) const;

 private:
  void fit(const Samples& samples, std::span<const std::uint32_t> fitted_on);

  Scale scale_;
  std::vector<Scalar> of_byte_;  ///< the value of each byte, for kNone and kUnit
  std::vector<Scalar> mean_;     ///< per feature, for kStandard
  std::vector<Scalar> inverse_deviation_;
};

}  // namespace nnrun

// The data set's bytes as the numbers that the first layer sees.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/tensor.h"
#include "core/dataset.h"
#include "math/byte_blocks.h"

namespace nnrun {

/// What is done to each feature before training.
enum class Scale {
  kNone,      ///< x = byte
  kUnit,      ///< x = byte / 255
  kStandard,  ///< x = (byte − mean) / standard deviation, of each feature over the training
              ///< samples; a feature that never changes becomes 0
};

/// How the first layer is given the samples.
enum class FeatureForm {
  kAuto,    ///< sparse where few bytes are not zero, else dense
  kDense,   ///< as a matrix of numbers
  kSparse,  ///< as the bytes that are not zero; a first layer that is not dense gets a matrix
};

/// The rows of the samples' bytes.
ByteRows byte_rows(const Samples& samples);

/// Whether kAuto takes the sparse form for these samples: a pure function of them.
bool is_sparse(const Samples& samples, std::span<const std::uint32_t> positions);

/// x = factor · byte + shift, for each feature. Features stay bytes in memory; a block of numbers is
/// made of them when it is needed, or the scaling is folded into the first layer's weights.
class FeatureScaling {
 public:
  /// `fitted_on` are the training samples, which kStandard takes its means from.
  FeatureScaling(Scale scale, const Samples& samples, std::span<const std::uint32_t> fitted_on);

  std::span<const Scalar> factors() const { return factors_; }
  /// Empty when there is no shift.
  std::span<const Scalar> shifts() const { return shifts_; }

  /// Whether the scaling can be folded into the weights: not where a feature hardly varies about a
  /// large value, since factor · byte and shift would then be large and cancel.
  bool folds() const;

  /// Writes the samples at `positions` into the rows of x [N, D].
  void load(const Samples& samples, std::span<const std::uint32_t> positions, MatrixView x) const;

 private:
  void fit(const Samples& samples, std::span<const std::uint32_t> fitted_on);

  std::vector<Scalar> factors_;
  std::vector<Scalar> shifts_;
};

}  // namespace nnrun

// The data set's samples as the numbers that the first layer sees.
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
  kNone,      ///< x = value
  kUnit,      ///< x = byte / 255; not for numbers
  kStandard,  ///< x = (value − mean) / standard deviation, of each feature over the training
              ///< samples; a feature that never changes becomes 0
};

/// How the first layer is given the samples.
enum class FeatureForm {
  kAuto,    ///< sparse where few bytes are not zero, else dense
  kDense,   ///< as a matrix of numbers
  kSparse,  ///< as the bytes that are not zero; a first layer that is not dense gets a matrix. Not
            ///< for numbers
};

/// The rows of the samples' bytes, where they are bytes.
ByteRows byte_rows(const Samples& samples);

/// Whether kAuto takes the sparse form for these samples: a pure function of them.
bool is_sparse(const Samples& samples, std::span<const std::uint32_t> positions);

/// What the first layer is given of each feature. Of bytes, x = factor · byte + shift: they stay bytes in
/// memory; a block of numbers is made of them when it is needed, or the scaling is folded into the first
/// layer's weights. Of numbers, x = (number − mean) · factor, in double precision: a mean that is large
/// beside the deviation costs no digits.
class FeatureScaling {
 public:
  /// `fitted_on` are the training samples, which kStandard takes its means from.
  FeatureScaling(Scale scale, const Samples& samples, std::span<const std::uint32_t> fitted_on);

  std::size_t width() const { return width_; }
  /// Of bytes.
  std::span<const Scalar> factors() const { return factors_; }
  /// Of bytes; empty when there is no shift.
  std::span<const Scalar> shifts() const { return shifts_; }

  /// Whether the scaling of bytes can be folded into the weights: not where a feature hardly varies about
  /// a large value, since factor · byte and shift would then be large and cancel.
  bool folds() const;

  /// Writes the samples at `positions` into the rows of x [N, D].
  void load(const Samples& samples, std::span<const std::uint32_t> positions, MatrixView x) const;

  /// The same in two steps, for who changes samples in between: the values as they are in the data set,
  /// and their scaling in place.
  static void load_values(const Samples& samples, std::span<const std::uint32_t> positions,
                          MatrixView x);
  void scale(MatrixView x) const;

 private:
  void fit_bytes(const Samples& samples, std::span<const std::uint32_t> fitted_on);
  void fit_numbers(const Samples& samples, std::span<const std::uint32_t> fitted_on);

  /// Of a feature that is a number.
  struct Standard {
    double mean = 0;
    double factor = 0;
  };
  std::size_t width_;
  std::vector<Scalar> factors_;
  std::vector<Scalar> shifts_;
  std::vector<Standard> standards_;  ///< of numbers; empty when they stay as they are
};

}  // namespace nnrun

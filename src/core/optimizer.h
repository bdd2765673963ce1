// How a gradient changes the parameters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/tensor.h"

namespace nnrun {

/// Works on any slice of the parameters, each element for itself, so that slices can be done in
/// parallel without changing a bit.
class Optimizer {
 public:
  static constexpr const char* kKind = "optimizer";
  virtual ~Optimizer() = default;

  /// One step at learning rate `rate` with the gradient of the mean loss.
  virtual void step(double rate, std::span<Scalar> parameters,
                    std::span<const Scalar> gradient) const = 0;
};

}  // namespace nnrun

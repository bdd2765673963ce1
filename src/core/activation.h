// A layer that does the same to every element: y = f(x), dx = dy · f'(x).
#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <span>

#include "core/layer.h"

namespace nnrun {

/// Instead of an infinity where a product with 0 must be 0, not NaN.
constexpr Scalar kLargestScalar = std::numeric_limits<Scalar>::max();

/// Takes samples of any shape and has no parameters. Elements come in blocks that stay in the fastest
/// cache, so that f may be made in several steps (math/elementwise.h).
class Activation : public Layer {
 public:
  Shape output(const Shape& input) const final { return input; }
  void forward(std::span<const Scalar> parameters, ConstMatrixView x, MatrixView y) const final;
  void backward(const Backward& pass) const final;

 protected:
  static constexpr std::size_t kMostElements = 1024;
  using Elements = std::span<const Scalar>;
  using Results = std::span<Scalar>;
  /// Room for a second result.
  using Block = std::array<Scalar, kMostElements>;

 private:
  /// y = f(x); at most kMostElements at a time.
  virtual void values(Elements x, Results y) const = 0;
  /// d = f'(x)
  virtual void derivatives(Elements x, Results d) const = 0;
};

}  // namespace nnrun

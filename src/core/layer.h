// A step of the network: y = f(x; parameters), one row for each sample.
#pragma once

#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/shape.h"
#include "base/tensor.h"
#include "core/initializer.h"

namespace nnrun {

/// Thrown by `Layer::output` when the layer cannot follow what comes before it.
class Misfit : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A parameter as its layer declares it.
struct Parameter {
  std::string name;  ///< "weights"
  Shape shape;       ///< as documented and saved: weights are [K, D]
  bool transposed;   ///< kept in memory as the transpose of a two-dimensional `shape`
  Fans fans;
  std::shared_ptr<const Initializer> initializer;
};

/// Layers hold their options and no values: parameters and gradients are slices of the run's one
/// vector, in the order of `parameters()`, so that one network serves any number of threads.
class Layer {
 public:
  static constexpr const char* kKind = "layer";
  virtual ~Layer() = default;

  /// The shape of one sample's output. Throws Misfit when `input` does not fit.
  virtual Shape output(const Shape& input) const = 0;

  /// The parameters for samples of shape `input`.
  virtual std::vector<Parameter> parameters(const Shape& /*input*/) const { return {}; }

  /// Units of a layer that is y = x Wᵀ + b and nothing else, with W [units, D] (transposed in memory)
  /// and b [units] as its parameters; 0 for every other layer. Such a layer need not be called when
  /// it is the first: its products with the data are then made for all runs at once.
  virtual std::size_t affine_units() const { return 0; }

  /// y [N, …] from x [N, …].
  virtual void forward(std::span<const Scalar> parameters, ConstMatrixView x,
                       MatrixView y) const = 0;

  struct Backward {
    std::span<const Scalar> parameters;
    ConstMatrixView x;
    ConstMatrixView y;   ///< what forward made of x
    ConstMatrixView dy;  ///< gradient of the loss with respect to y
    MatrixView dx;       ///< to be written; empty for the first layer, whose dx nobody needs
    std::span<Scalar> gradient;  ///< of the parameters, to be added to
  };
  virtual void backward(const Backward& pass) const = 0;
};

}  // namespace nnrun

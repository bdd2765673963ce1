// A step of the network: y = f(x; parameters), one row for each sample.
#pragma once

#include <cassert>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/shape.h"
#include "base/tensor.h"
#include "config/options.h"
#include "core/initializer.h"
#include "core/misfit.h"
#include "core/schedule.h"
#include "core/targets.h"

namespace nnrun {

/// How the parameters of one layer are trained, where not as the experiment says.
struct ParameterRule {
  bool frozen = false;                            ///< they keep their starting values
  std::shared_ptr<const Schedule> learning_rate;  ///< their own; null: the experiment's

  /// Reads `frozen` and `learning_rate` from a layer's options.
  static ParameterRule from(Options& options);

  bool operator==(const ParameterRule&) const = default;
};

/// The initializer of a bias, default zeros; null where `bias: none` leaves it out.
std::shared_ptr<const Initializer> read_bias(Options& options);

/// A parameter as its layer declares it.
struct Parameter {
  std::string name;  ///< "weights"
  Shape shape;       ///< as documented and saved: weights are [K, D]
  bool transposed;   ///< kept in memory as the transpose of a two-dimensional `shape`
  Fans fans;
  std::shared_ptr<const Initializer> initializer;
  ParameterRule rule;
  /// False for what the layer remembers and no gradient changes (running means). Such parameters come
  /// after the others.
  bool trained = true;
};

/// The pass over samples that a layer is called in.
struct PassFacts {
  bool train = false;         ///< dropout drops, batch_norm takes the mean of the batch
  std::uint64_t seed = 0;     ///< of the run
  std::uint64_t update = 0;   ///< updates done before it: another random stream for each
  std::size_t rows = 0;       ///< samples of the whole pass
  std::size_t first_row = 0;  ///< of the block at hand, among them
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

  /// The layer made ready for samples of shape `input`, which `output` has admitted, to be called in its
  /// place; null for a layer that is ready as it is. For what follows from height and width, which the rows
  /// of a block do not tell.
  virtual std::shared_ptr<const Layer> fitted(const Shape& /*input*/) const { return nullptr; }

  /// What it makes of the logits when it is the last layer.
  virtual Link link() const { return Link::kOther; }

  /// Units of a layer that is y = x Wᵀ + b and nothing else, with W [units, D] (transposed in memory)
  /// and b [units] as its parameters; 0 for every other layer. Such a layer need not be called when
  /// it is the first: its products with the data are then made for all runs at once.
  virtual std::size_t affine_units() const { return 0; }

  /// Values that no element of y passes, where dx is 0 at them: 0 and 1 of sigmoid, near which it is as good
  /// as 0 too; 0 and infinity of relu.
  struct Limits {
    Scalar lower;
    Scalar upper;
  };
  virtual std::optional<Limits> limits() const { return std::nullopt; }

  /// Products of a weight and a value, each added to a sum, that forward makes of one sample.
  virtual double multiply_adds(const Shape& /*input*/) const { return 0; }

  /// Whether a sample is a row of features to it, so that as the first layer it can be given an image
  /// as the image lies in memory.
  virtual bool takes_rows() const { return false; }

  /// Whether it changes the shape alone. Such a layer is never called.
  virtual bool is_view() const { return false; }

  /// The layers that make f of a layer that is y = x + f(x), with their names; such a layer is never
  /// called itself. Empty for every other layer.
  using Named = std::pair<std::string, std::shared_ptr<const Layer>>;
  virtual std::span<const Named> branch() const { return {}; }

  /// The fewest samples that it can be trained on at once.
  virtual std::size_t fewest_rows(const Shape& /*input*/) const { return 1; }

  /// y [N, …] from x [N, …], of a layer that needs to know nothing else.
  virtual void forward(std::span<const Scalar> /*parameters*/, ConstMatrixView /*x*/,
                       MatrixView /*y*/) const {
    assert(false && "a layer implements this or forward_in");
  }

  struct Forward {
    std::span<const Scalar> parameters;
    ConstMatrixView x;
    MatrixView y;
    std::string_view name;  ///< "2.dropout"
    PassFacts facts;
    std::span<const double> sums;  ///< of a training pass, over all its samples: see `sums`
    MatrixView kept;               ///< [N, kept()], for backward to find
  };
  virtual void forward_in(const Forward& pass) const { forward(pass.parameters, pass.x, pass.y); }

  struct Backward {
    std::span<const Scalar> parameters;
    ConstMatrixView x;
    ConstMatrixView y;   ///< what forward made of x
    ConstMatrixView dy;  ///< gradient of the loss with respect to y
    MatrixView dx;       ///< to be written; empty for the first layer, whose dx nobody needs
    std::span<Scalar> gradient;  ///< of the parameters, to be added to
    std::string_view name = {};
    PassFacts facts = {};
    std::span<const double> sums = {};           ///< as forward had them
    std::span<const double> backward_sums = {};  ///< over all samples of the pass
    ConstMatrixView kept = {};
  };
  virtual void backward(const Backward& pass) const = 0;

  /// Scalars that forward keeps of each sample for backward.
  virtual std::size_t kept(const Shape& /*input*/) const { return 0; }

  /// How many sums over all samples of a training pass it needs before its forward can begin, and
  /// again before its backward can. A network with such a layer is taken over a batch in steps: all
  /// samples up to the layer, then all samples on from it.
  virtual std::size_t sums(const Shape& /*input*/) const { return 0; }
  /// Adds what a block of samples has to the sums for forward.
  virtual void add_sums(ConstMatrixView /*x*/, std::span<double> /*sums*/) const {}
  /// The same for backward; dx and the gradient are not written.
  virtual void add_backward_sums(const Backward& /*pass*/, std::span<double> /*sums*/) const {}
  /// After an update that a pass over `rows` samples was made for: changes the parameters that are
  /// not trained.
  virtual void remember(std::span<const double> /*sums*/, std::size_t /*rows*/,
                        std::span<Scalar> /*parameters*/) const {}
};

}  // namespace nnrun

// Layers in a row, and the way of a block of samples forward and back through them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/shape.h"
#include "base/tensor.h"
#include "core/layer.h"
#include "core/loss.h"
#include "core/targets.h"

namespace nnrun {

/// A parameter of the network: where its elements lie in the run's vector.
struct NetworkParameter {
  std::string name;  ///< "0.dense.weights": layer position, layer name, parameter name
  Parameter declared;
  std::size_t offset = 0;
  std::size_t size = 0;
};

/// Where the element that lies at `stored` in memory stands in the order of the documented shape.
std::size_t documented_index(const Parameter& parameter, std::size_t stored);

/// The activations and their gradients of one block: scratch memory that a worker reuses.
class Workspace {
 public:
  /// Makes room for `size` scalars; what was in it is lost.
  void reserve(std::size_t size) { memory_.resize(std::max(memory_.size(), size)); }
  Scalar* data() { return memory_.data(); }

 private:
  AlignedScalars memory_;
};

/// Holds no values: the parameters of a run are one vector of `parameter_count()` scalars, handed to
/// each call, so that any number of threads can use one network.
class Network {
 public:
  Network() = default;
  /// `input` is the shape of one sample.
  explicit Network(Shape input) : input_(std::move(input)) {}

  /// Adds a layer to the end. Throws Misfit when it cannot follow what is there.
  void add(const std::string& name, std::shared_ptr<const Layer> layer);
  /// Adds all layers of another network. Throws Misfit as well.
  void append(const Network& other);

  std::size_t depth() const { return stages_.size(); }
  const Shape& input() const { return input_; }
  const Shape& output() const { return stages_.empty() ? input_ : stages_.back().output; }
  const std::string& last_layer() const { return stages_.back().name; }
  const std::vector<NetworkParameter>& parameters() const { return parameters_; }
  std::size_t parameter_count() const { return parameter_count_; }

  /// Starting values; each parameter has a random stream of its own under `seed`.
  AlignedScalars initial_parameters(std::uint64_t seed) const;

  /// A parameter's elements in the order of its documented shape, as they are saved.
  static std::vector<Scalar> documented(const NetworkParameter& parameter,
                                        std::span<const Scalar> parameters);

  /// Scalars of workspace that a block of `rows` samples needs.
  std::size_t workspace_size(std::size_t rows) const;

  /// The prediction for x [N, D]; it lives in `workspace` until the next call.
  Prediction forward(std::span<const Scalar> parameters, ConstMatrixView x,
                     Workspace& workspace) const;

  /// Units of a first layer that is y = x Wᵀ + b; 0 when it is another one.
  std::size_t affine_units() const;
  /// Parameters of the first layer: the first ones of a run's vector.
  std::size_t first_parameters() const;

  /// Room for the first layer's output y [rows, …], to be filled before `forward_from_first`.
  MatrixView first_output(std::size_t rows, Workspace& workspace) const;
  /// The prediction from the first layer's output.
  Prediction forward_from_first(std::span<const Scalar> parameters, std::size_t rows,
                                Workspace& workspace) const;
  /// As `backward` for all layers but the first, `gradient` being that of their parameters alone;
  /// returns the gradient with respect to the first layer's output.
  ConstMatrixView backward_to_first(std::span<const Scalar> parameters,
                                    const Prediction& prediction, const Loss& loss,
                                    const Targets& targets, Scalar scale, Workspace& workspace,
                                    std::span<Scalar> gradient) const;

  /// Adds to `gradient` the parameters' gradient of `scale` × the sum of the block's losses.
  /// `prediction` is what `forward` made of the same x with the same workspace.
  void backward(std::span<const Scalar> parameters, ConstMatrixView x, const Prediction& prediction,
                const Loss& loss, const Targets& targets, Scalar scale, Workspace& workspace,
                std::span<Scalar> gradient) const;

 private:
  struct Stage {
    std::string name;
    std::shared_ptr<const Layer> layer;
    Shape output;
    std::size_t width = 0;          ///< elements of one sample's output
    std::size_t widths_before = 0;  ///< the sum of the widths of the stages before
    std::size_t first_parameter = 0;
    std::size_t parameter_count = 0;
  };

  Prediction forward_stages(std::size_t first, std::span<const Scalar> parameters,
                            ConstMatrixView input, Workspace& workspace) const;
  /// Puts the loss's gradient where the stages' backward passes start; returns their number.
  std::size_t begin_backward(const Prediction& prediction, const Loss& loss, const Targets& targets,
                             Scalar scale, Workspace& workspace) const;
  MatrixView activation(std::size_t stage, std::size_t rows, Workspace& workspace) const;
  MatrixView delta(std::size_t stage, std::size_t rows, Workspace& workspace) const;
  void backward_stage(std::size_t index, std::span<const Scalar> parameters, ConstMatrixView x,
                      Workspace& workspace, std::span<Scalar> gradient) const;  // its own

  Shape input_;
  std::vector<Stage> stages_;
  std::vector<NetworkParameter> parameters_;
  std::size_t parameter_count_ = 0;
  std::size_t total_width_ = 0;
};

}  // namespace nnrun

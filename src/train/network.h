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
#include "train/hidden_units.h"

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

/// What a block leaves for its way back, and what it needs on the way: memory that a worker reuses.
class Workspace {
 public:
  /// Makes room for `size` scalars; what was in it is lost.
  void reserve(std::size_t size) { memory_.resize(std::max(memory_.size(), size)); }
  Scalar* data() { return memory_.data(); }

 private:
  AlignedScalars memory_;
};

/// A block of samples on its way through a network.
struct Block {
  std::span<const Scalar> parameters;  ///< of the run
  ConstMatrixView x;  ///< [N, D]; without data where the first layer's output is given instead
  Workspace* workspace = nullptr;
  PassFacts facts;
  /// Over all samples of a training pass, `Network::sums()` numbers each; empty where no layer needs
  /// them.
  std::span<const double> sums = {};
  std::span<const double> backward_sums = {};
};

/// What a block's way back starts from.
struct BlockLoss {
  const Loss& loss;
  const Targets& targets;
  Scalar scale;  ///< of the gradient
};

/// Holds no values: the parameters of a run are one vector of `parameter_count()` scalars, handed to
/// each call, so that any number of threads can use one network.
class Network {
 public:
  Network() = default;
  /// `input` is the shape of one sample.
  explicit Network(Shape input) : input_(std::move(input)), output_(input_) {}

  /// Adds a layer to the end. Throws Misfit when it cannot follow what is there. A first layer that is
  /// y = x Wᵀ + b takes images as rows.
  void add(const std::string& name, std::shared_ptr<const Layer> layer);
  /// Adds all layers of another network. Throws Misfit as well.
  void append(const Network& other);

  std::size_t depth() const { return layers_.size(); }
  /// As they were added, with their names.
  std::span<const Layer::Named> layers() const { return layers_; }
  const Shape& input() const { return input_; }
  const Shape& output() const { return output_; }
  const std::string& last_layer() const { return last_layer_; }
  Link link() const { return link_; }
  /// The fewest samples that it can be trained on at once.
  std::size_t fewest_rows() const { return fewest_rows_; }
  /// The layer that needs so many: "1.batch_norm".
  const std::string& needs_most_rows() const { return needs_most_rows_; }
  const std::vector<NetworkParameter>& parameters() const { return parameters_; }
  std::size_t parameter_count() const { return parameter_count_; }

  /// Starting values; each parameter has a random stream of its own under `seed`.
  AlignedScalars initial_parameters(std::uint64_t seed) const;

  /// A parameter's elements in the order of its documented shape, as they are saved.
  static std::vector<Scalar> documented(const NetworkParameter& parameter,
                                        std::span<const Scalar> parameters);
  /// Puts them back, as many as the parameter has.
  static void restore(const NetworkParameter& parameter, std::span<const Scalar> documented,
                      std::span<Scalar> parameters);

  /// Scalars of workspace that a block of `rows` samples needs.
  std::size_t workspace_size(std::size_t rows) const;

  /// The prediction for the block; it lives in the workspace until the next call.
  Prediction forward(const Block& block) const;
  /// The hidden layers that have limits, of no samples yet.
  std::vector<HiddenUnits> hidden_units() const;
  /// Adds what `forward` made of the block in these layers. An output is at a limit within a hundredth of
  /// the way from one to the other; of relu, where it is 0.
  void add_hidden_units(const Block& block, std::span<HiddenUnits> layers) const;
  /// Adds to `gradient` the parameters' gradient of `scale` × the sum of the block's losses.
  /// `prediction` is what `forward` made of the same block with the same workspace.
  void backward(const Block& block, const Prediction& prediction, const BlockLoss& loss,
                std::span<Scalar> gradient) const;

  /// Units of a first layer that is y = x Wᵀ + b; 0 when it is another one.
  std::size_t affine_units() const;
  /// Parameters of the first layer: the first ones of a run's vector.
  std::size_t first_parameters() const;
  /// Room for the first layer's output y [rows, …], to be filled before `forward_from_first`.
  MatrixView first_output(std::size_t rows, Workspace& workspace) const;
  /// The prediction from the first layer's output; `block.x` tells the rows alone.
  Prediction forward_from_first(const Block& block) const;
  /// As `backward` for all layers but the first, `gradient` being that of their parameters alone;
  /// returns the gradient with respect to the first layer's output.
  ConstMatrixView backward_to_first(const Block& block, const Prediction& prediction,
                                    const BlockLoss& loss, std::span<Scalar> gradient) const;

  /// Sums over all samples of a training pass that its layers need, 0 for most networks. With them, a
  /// pass goes in steps, each of which takes all blocks on to the next layer that needs sums.
  std::size_t sums() const { return sums_; }
  std::size_t steps() const { return coupled_.size() + 1; }
  /// Takes a block through a step, and adds to `sums` what the layer that follows it needs.
  void forward_step(std::size_t step, const Block& block, std::span<double> sums) const;
  /// What the steps have made of the block, after the last one.
  Prediction prediction(const Block& block) const;
  /// The steps back, the last one first, which begins with the loss.
  void backward_step(std::size_t step, const Block& block, const BlockLoss& loss,
                     std::span<double> sums, std::span<Scalar> gradient) const;
  /// After an update: lets the layers change the parameters that are not trained.
  void remember(std::span<const double> sums, std::size_t rows, std::span<Scalar> parameters) const;

 private:
  /// A layer as it is called, or the end of a branch, where `skip` is added.
  struct Stage {
    std::string name;  ///< "2.dropout"
    std::shared_ptr<const Layer> layer;
    Shape input;
    bool ends_branch = false;
    std::size_t branch = 0;             ///< of the end of a branch: the stage that it began with
    std::vector<std::size_t> branches;  ///< the ends of the branches that begin with this stage
    std::size_t width = 0;              ///< elements of one sample's output
    std::size_t widths_before = 0;      ///< the sum of the widths of the stages before
    std::size_t kept = 0;               ///< scalars kept of one sample
    std::size_t kept_before = 0;
    std::size_t sums = 0;
    std::size_t sums_before = 0;
    std::size_t first_parameter = 0;
    std::size_t parameter_count = 0;
  };

  void add_at(const std::string& position, const std::string& name,
              const std::shared_ptr<const Layer>& layer);
  void add_branch(const std::string& name, const std::shared_ptr<const Layer>& layer);
  void add_stage(const std::string& name, const std::shared_ptr<const Layer>& layer,
                 bool ends_branch, std::size_t branch);
  void add_parameters(Stage& stage);

  void forward_stages(std::size_t first, std::size_t last, const Block& block) const;
  void backward_stages(std::size_t first, std::size_t last, const Block& block,
                       std::size_t gradient_begins, std::span<Scalar> gradient) const;
  void forward_stage(std::size_t index, const Block& block) const;
  /// Puts the loss's gradient where the stages' backward passes start; returns their number: a joint
  /// loss differentiates the last one along with itself.
  std::size_t begin_backward(const Block& block, const Prediction& prediction,
                             const BlockLoss& loss) const;
  void backward_stage(std::size_t index, const Block& block, std::span<Scalar> gradient) const;
  Layer::Backward backward_of(std::size_t index, const Block& block) const;
  std::size_t begin_of(std::size_t step) const { return step == 0 ? 0 : coupled_[step - 1]; }

  ConstMatrixView input_of(std::size_t stage, const Block& block) const;
  MatrixView activation(std::size_t stage, const Block& block) const;
  std::vector<std::size_t> limited_stages() const;
  MatrixView delta(std::size_t stage, const Block& block) const;
  MatrixView kept(std::size_t stage, const Block& block) const;

  Shape input_;
  Shape output_;
  std::string last_layer_;
  Link link_ = Link::kOther;
  std::size_t fewest_rows_ = 1;
  std::vector<Layer::Named> layers_;  ///< as they were added
  std::string needs_most_rows_;
  std::vector<Stage> stages_;
  std::vector<std::size_t> coupled_;  ///< stages that need sums
  std::vector<NetworkParameter> parameters_;
  std::size_t parameter_count_ = 0;
  std::size_t total_width_ = 0;
  std::size_t total_kept_ = 0;
  std::size_t sums_ = 0;
};

}  // namespace nnrun

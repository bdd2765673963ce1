#include "train/network.h"

#include <fmt/format.h>

#include <algorithm>

namespace nnrun {

namespace {

/// Where element `index` of the documented order lies in memory.
std::size_t stored_index(const Parameter& parameter, std::size_t index) {
  if (!parameter.transposed) return index;
  const std::size_t columns = parameter.shape[1];
  return index % columns * parameter.shape[0] + index / columns;
}

}  // namespace

std::size_t documented_index(const Parameter& parameter, std::size_t stored) {
  if (!parameter.transposed) return stored;
  const std::size_t rows = parameter.shape[0];
  return stored % rows * parameter.shape[1] + stored / rows;
}

void Network::add(const std::string& name, std::shared_ptr<const Layer> layer) {
  Stage stage;
  stage.name = name;
  stage.output = layer->output(output());
  stage.width = elements(stage.output);
  stage.widths_before = total_width_;
  stage.first_parameter = parameter_count_;
  for (Parameter& parameter : layer->parameters(output())) {
    const std::size_t size = elements(parameter.shape);
    const auto full_name = fmt::format("{}.{}.{}", stages_.size(), name, parameter.name);
    parameters_.push_back({full_name, std::move(parameter), parameter_count_, size});
    parameter_count_ += size;
  }
  stage.parameter_count = parameter_count_ - stage.first_parameter;
  stage.layer = std::move(layer);
  total_width_ += stage.width;
  stages_.push_back(std::move(stage));
}

void Network::append(const Network& other) {
  for (const Stage& stage : other.stages_) add(stage.name, stage.layer);
}

AlignedScalars Network::initial_parameters(std::uint64_t seed) const {
  AlignedScalars values(parameter_count_);
  for (const NetworkParameter& parameter : parameters_) {
    const Stream stream(seed, "init/" + parameter.name);
    const Parameter& declared = parameter.declared;
    for (std::size_t i = 0; i < parameter.size; ++i) {
      values[parameter.offset + stored_index(declared, i)] =
          static_cast<Scalar>(declared.initializer->value(stream, i, declared.fans));
    }
  }
  return values;
}

std::vector<Scalar> Network::documented(const NetworkParameter& parameter,
                                        std::span<const Scalar> parameters) {
  std::vector<Scalar> values(parameter.size);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = parameters[parameter.offset + stored_index(parameter.declared, i)];
  }
  return values;
}

std::size_t Network::workspace_size(std::size_t rows) const { return 2 * rows * total_width_; }

MatrixView Network::activation(std::size_t stage, std::size_t rows, Workspace& workspace) const {
  return {workspace.data() + rows * stages_[stage].widths_before, rows, stages_[stage].width};
}

MatrixView Network::delta(std::size_t stage, std::size_t rows, Workspace& workspace) const {
  const std::size_t start = rows * (total_width_ + stages_[stage].widths_before);
  return {workspace.data() + start, rows, stages_[stage].width};
}

std::size_t Network::affine_units() const {
  return stages_.empty() ? 0 : stages_.front().layer->affine_units();
}

std::size_t Network::first_parameters() const {
  return stages_.empty() ? 0 : stages_.front().parameter_count;
}

MatrixView Network::first_output(std::size_t rows, Workspace& workspace) const {
  workspace.reserve(workspace_size(rows));
  return activation(0, rows, workspace);
}

Prediction Network::forward(std::span<const Scalar> parameters, ConstMatrixView x,
                            Workspace& workspace) const {
  workspace.reserve(workspace_size(x.rows()));
  return forward_stages(0, parameters, x, workspace);
}

Prediction Network::forward_from_first(std::span<const Scalar> parameters, std::size_t rows,
                                       Workspace& workspace) const {
  return forward_stages(1, parameters, activation(0, rows, workspace), workspace);
}

Prediction Network::forward_stages(std::size_t first, std::span<const Scalar> parameters,
                                   ConstMatrixView input, Workspace& workspace) const {
  ConstMatrixView logits = input;
  for (std::size_t i = first; i < stages_.size(); ++i) {
    const Stage& stage = stages_[i];
    const MatrixView y = activation(i, input.rows(), workspace);
    stage.layer->forward(parameters.subspan(stage.first_parameter, stage.parameter_count), input,
                         y);
    logits = input;
    input = y;
  }
  return {logits, input};
}

std::size_t Network::begin_backward(const Prediction& prediction, const Loss& loss,
                                    const Targets& targets, Scalar scale,
                                    Workspace& workspace) const {
  // A joint loss differentiates the last layer along with itself: start one stage earlier.
  const bool joint = !loss.joint_activation().empty();
  const std::size_t stages = stages_.size() - (joint ? 1 : 0);
  if (stages > 0) {
    loss.gradient(prediction, targets, scale,
                  delta(stages - 1, prediction.outputs.rows(), workspace));
  }
  return stages;
}

void Network::backward(std::span<const Scalar> parameters, ConstMatrixView x,
                       const Prediction& prediction, const Loss& loss, const Targets& targets,
                       Scalar scale, Workspace& workspace, std::span<Scalar> gradient) const {
  std::size_t next = begin_backward(prediction, loss, targets, scale, workspace);
  while (next > 0) {
    --next;
    backward_stage(next, parameters, x, workspace,
                   gradient.subspan(stages_[next].first_parameter, stages_[next].parameter_count));
  }
}

ConstMatrixView Network::backward_to_first(std::span<const Scalar> parameters,
                                           const Prediction& prediction, const Loss& loss,
                                           const Targets& targets, Scalar scale,
                                           Workspace& workspace, std::span<Scalar> gradient) const {
  const std::size_t rows = prediction.outputs.rows();
  const ConstMatrixView rows_only(nullptr, rows, 0);
  std::size_t next = begin_backward(prediction, loss, targets, scale, workspace);
  while (next > 1) {
    --next;
    const std::size_t offset = stages_[next].first_parameter - first_parameters();
    backward_stage(next, parameters, rows_only, workspace,
                   gradient.subspan(offset, stages_[next].parameter_count));
  }
  return delta(0, rows, workspace);
}

void Network::backward_stage(std::size_t index, std::span<const Scalar> parameters,
                             ConstMatrixView x, Workspace& workspace,
                             std::span<Scalar> gradient) const {
  const Stage& stage = stages_[index];
  const std::size_t rows = x.rows();
  const bool first = index == 0;
  Layer::Backward pass;
  pass.parameters = parameters.subspan(stage.first_parameter, stage.parameter_count);
  pass.x = first ? x : ConstMatrixView(activation(index - 1, rows, workspace));
  pass.y = activation(index, rows, workspace);
  pass.dy = delta(index, rows, workspace);
  pass.dx = first ? MatrixView() : delta(index - 1, rows, workspace);
  pass.gradient = gradient;
  stage.layer->backward(pass);
}

}  // namespace nnrun

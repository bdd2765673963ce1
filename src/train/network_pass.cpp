// The way of a block of samples forward and back through a network.
#include <algorithm>

#include "math/elementwise.h"
#include "train/network.h"

namespace nnrun {

std::size_t Network::workspace_size(std::size_t rows) const {
  return rows * (2 * total_width_ + total_kept_);
}

ConstMatrixView Network::input_of(std::size_t stage, const Block& block) const {
  return stage == 0 ? block.x : ConstMatrixView(activation(stage - 1, block));
}

MatrixView Network::activation(std::size_t stage, const Block& block) const {
  const std::size_t rows = block.x.rows();
  return {block.workspace->data() + rows * stages_[stage].widths_before, rows,
          stages_[stage].width};
}

MatrixView Network::delta(std::size_t stage, const Block& block) const {
  const std::size_t rows = block.x.rows();
  const std::size_t start = rows * (total_width_ + stages_[stage].widths_before);
  return {block.workspace->data() + start, rows, stages_[stage].width};
}

MatrixView Network::kept(std::size_t stage, const Block& block) const {
  const std::size_t rows = block.x.rows();
  const std::size_t start = rows * (2 * total_width_ + stages_[stage].kept_before);
  return {block.workspace->data() + start, rows, stages_[stage].kept};
}

std::size_t Network::affine_units() const {
  // Where a branch begins with the data, the data must be there as numbers.
  if (stages_.empty() || !stages_.front().branches.empty()) return 0;
  return stages_.front().layer->affine_units();
}

std::size_t Network::first_parameters() const {
  return stages_.empty() ? 0 : stages_.front().parameter_count;
}

MatrixView Network::first_output(std::size_t rows, Workspace& workspace) const {
  workspace.reserve(workspace_size(rows));
  return {workspace.data(), rows, stages_.front().width};
}

Prediction Network::prediction(const Block& block) const {
  if (stages_.empty()) return {block.x, block.x, link_};
  const std::size_t last = stages_.size() - 1;
  return {input_of(last, block), activation(last, block), link_};
}

Prediction Network::forward(const Block& block) const {
  block.workspace->reserve(workspace_size(block.x.rows()));
  for (std::size_t i = 0; i < stages_.size(); ++i) forward_stage(i, block);
  return prediction(block);
}

Prediction Network::forward_from_first(const Block& block) const {
  for (std::size_t i = 1; i < stages_.size(); ++i) forward_stage(i, block);
  return prediction(block);
}

void Network::forward_step(std::size_t step, const Block& block, std::span<double> sums) const {
  if (step == 0) block.workspace->reserve(workspace_size(block.x.rows()));
  const bool last = step + 1 == steps();
  const std::size_t end = last ? stages_.size() : coupled_[step];
  for (std::size_t i = begin_of(step); i < end; ++i) forward_stage(i, block);
  if (last) return;
  const Stage& next = stages_[end];
  next.layer->add_sums(input_of(end, block), sums.subspan(next.sums_before, next.sums));
}

void Network::forward_stage(std::size_t index, const Block& block) const {
  const Stage& stage = stages_[index];
  const ConstMatrixView x = input_of(index, block);
  const MatrixView y = activation(index, block);
  if (stage.ends_branch) {
    std::copy(x.elements().begin(), x.elements().end(), y.data());
    nnrun::add(y.elements(), input_of(stage.branch, block).elements());
    return;
  }
  Layer::Forward pass;
  pass.parameters = block.parameters.subspan(stage.first_parameter, stage.parameter_count);
  pass.x = x;
  pass.y = y;
  pass.name = stage.name;
  pass.facts = block.facts;
  if (stage.sums > 0 && block.facts.train) {
    pass.sums = block.sums.subspan(stage.sums_before, stage.sums);
  }
  pass.kept = kept(index, block);
  stage.layer->forward_in(pass);
}

std::size_t Network::begin_backward(const Block& block, const Prediction& prediction,
                                    const BlockLoss& loss) const {
  const std::size_t depth = stages_.size() - (loss.loss.is_joint(link_) ? 1 : 0);
  if (depth > 0) {
    loss.loss.gradient(prediction, loss.targets, loss.scale, delta(depth - 1, block));
  }
  return depth;
}

void Network::backward(const Block& block, const Prediction& prediction, const BlockLoss& loss,
                       std::span<Scalar> gradient) const {
  std::size_t next = begin_backward(block, prediction, loss);
  while (next > 0) {
    --next;
    const Stage& stage = stages_[next];
    backward_stage(next, block, gradient.subspan(stage.first_parameter, stage.parameter_count));
  }
}

ConstMatrixView Network::backward_to_first(const Block& block, const Prediction& prediction,
                                           const BlockLoss& loss,
                                           std::span<Scalar> gradient) const {
  std::size_t next = begin_backward(block, prediction, loss);
  while (next > 1) {
    --next;
    const Stage& stage = stages_[next];
    backward_stage(
        next, block,
        gradient.subspan(stage.first_parameter - first_parameters(), stage.parameter_count));
  }
  return delta(0, block);
}

void Network::backward_step(std::size_t step, const Block& block, const BlockLoss& loss,
                            std::span<double> sums, std::span<Scalar> gradient) const {
  // The layer that follows a step has what it needs when the step begins: its way back is here.
  const bool last = step + 1 == steps();
  const std::size_t end =
      last ? begin_backward(block, prediction(block), loss) : coupled_[step] + 1;
  const std::size_t begin = step == 0 ? 0 : begin_of(step) + 1;
  for (std::size_t i = end; i > begin; --i) {
    const Stage& stage = stages_[i - 1];
    backward_stage(i - 1, block, gradient.subspan(stage.first_parameter, stage.parameter_count));
  }
  if (step == 0) return;
  const Stage& stage = stages_[begin - 1];
  stage.layer->add_backward_sums(backward_of(begin - 1, block),
                                 sums.subspan(stage.sums_before, stage.sums));
}

Layer::Backward Network::backward_of(std::size_t index, const Block& block) const {
  const Stage& stage = stages_[index];
  Layer::Backward pass;
  pass.parameters = block.parameters.subspan(stage.first_parameter, stage.parameter_count);
  pass.x = input_of(index, block);
  pass.y = activation(index, block);
  pass.dy = delta(index, block);
  pass.dx = index == 0 ? MatrixView() : delta(index - 1, block);
  pass.name = stage.name;
  pass.facts = block.facts;
  if (stage.sums > 0 && block.facts.train) {
    pass.sums = block.sums.subspan(stage.sums_before, stage.sums);
    if (!block.backward_sums.empty()) {
      pass.backward_sums = block.backward_sums.subspan(stage.sums_before, stage.sums);
    }
  }
  pass.kept = kept(index, block);
  return pass;
}

void Network::backward_stage(std::size_t index, const Block& block,
                             std::span<Scalar> gradient) const {
  const Stage& stage = stages_[index];
  Layer::Backward pass = backward_of(index, block);
  pass.gradient = gradient;
  if (!stage.ends_branch) {
    stage.layer->backward(pass);
  } else if (index > 0) {
    std::copy(pass.dy.elements().begin(), pass.dy.elements().end(), pass.dx.data());
  }
  if (index == 0) return;
  for (const std::size_t end : stage.branches) {
    nnrun::add(pass.dx.elements(), delta(end, block).elements());
  }
}

void Network::remember(std::span<const double> sums, std::size_t rows,
                       std::span<Scalar> parameters) const {
  for (const std::size_t index : coupled_) {
    const Stage& stage = stages_[index];
    stage.layer->remember(sums.subspan(stage.sums_before, stage.sums), rows,
                          parameters.subspan(stage.first_parameter, stage.parameter_count));
  }
}

}  // namespace nnrun

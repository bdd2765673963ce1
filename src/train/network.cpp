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
  if (layers_.empty() && layer->takes_rows()) output_ = {elements(input_)};
  add_at(std::to_string(layers_.size()), name, layer);
  layers_.emplace_back(name, std::move(layer));
}

void Network::append(const Network& other) {
  if (!other.layers_.empty() && other.layers_.front().second->takes_rows()) {
    output_ = {elements(output_)};
  }
  for (const auto& [name, layer] : other.layers_) add(name, layer);
}

void Network::add_at(const std::string& position, const std::string& name,
                     const std::shared_ptr<const Layer>& layer) {
  const Shape output = layer->output(output_);
  const std::string full_name = fmt::format("{}.{}", position, name);
  if (const std::size_t rows = layer->fewest_rows(output_); rows > fewest_rows_) {
    fewest_rows_ = rows;
    needs_most_rows_ = full_name;
  }
  link_ = layer->link();
  if (!layer->branch().empty()) {
    add_branch(full_name, layer);
  } else if (!layer->is_view()) {
    const auto fitted = layer->fitted(output_);
    add_stage(full_name, fitted ? fitted : layer, false, 0);
  }
  output_ = output;
  last_layer_ = name;
}

void Network::add_branch(const std::string& name, const std::shared_ptr<const Layer>& layer) {
  const std::size_t first = stages_.size();
  const Link link = link_;
  std::size_t position = 0;
  for (const auto& [inner_name, inner] : layer->branch()) {
    try {
      add_at(fmt::format("{}.{}", name, position), inner_name, inner);
    } catch (const Misfit& misfit) {
      throw Misfit(fmt::format("layers[{}].{}: {}", position, inner_name, misfit.what()));
    }
    ++position;
  }
  add_stage(name, layer, true, first);
  link_ = link;
}

void Network::add_stage(const std::string& name, const std::shared_ptr<const Layer>& layer,
                        bool ends_branch, std::size_t branch) {
  Stage stage;
  stage.name = name;
  stage.layer = layer;
  stage.input = output_;
  stage.ends_branch = ends_branch;
  stage.branch = branch;
  stage.widths_before = total_width_;
  stage.kept_before = total_kept_;
  stage.sums_before = sums_;
  stage.first_parameter = parameter_count_;
  stage.width = ends_branch ? elements(output_) : elements(layer->output(output_));
  if (!ends_branch) {
    stage.kept = layer->kept(output_);
    stage.sums = layer->sums(output_);
    add_parameters(stage);
  }
  total_width_ += stage.width;
  total_kept_ += stage.kept;
  sums_ += stage.sums;
  if (stage.sums > 0) coupled_.push_back(stages_.size());
  stages_.push_back(std::move(stage));
  if (ends_branch) stages_[branch].branches.push_back(stages_.size() - 1);
}

void Network::add_parameters(Stage& stage) {
  for (Parameter& parameter : stage.layer->parameters(stage.input)) {
    if (parameter.initializer) parameter.initializer->check(parameter.shape);
    const std::size_t size = elements(parameter.shape);
    const auto full_name = fmt::format("{}.{}", stage.name, parameter.name);
    parameters_.push_back({full_name, std::move(parameter), parameter_count_, size});
    parameter_count_ += size;
  }
  stage.parameter_count = parameter_count_ - stage.first_parameter;
}

AlignedScalars Network::initial_parameters(std::uint64_t seed) const {
  AlignedScalars values(parameter_count_);
  std::vector<double> drawn;
  for (const NetworkParameter& parameter : parameters_) {
    const Stream stream(seed, "init/" + parameter.name);
    const Parameter& declared = parameter.declared;
    drawn.resize(parameter.size);
    declared.initializer->fill(stream, declared.shape, declared.fans, drawn);
    for (std::size_t i = 0; i < parameter.size; ++i) {
      values[parameter.offset + stored_index(declared, i)] = static_cast<Scalar>(drawn[i]);
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

void Network::restore(const NetworkParameter& parameter, std::span<const Scalar> documented,
                      std::span<Scalar> parameters) {
  for (std::size_t i = 0; i < parameter.size; ++i) {
    parameters[parameter.offset + stored_index(parameter.declared, i)] = documented[i];
  }
}

}  // namespace nnrun

#include "report/description.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "core/registry.h"
#include "experiment/run_bytes.h"
#include "math/byte_blocks.h"

namespace nnrun {

namespace {

double real(std::size_t count) { return static_cast<double>(count); }

/// The leaf that a part of the resolved document names: "adam" of {adam: {beta2: 0.99}}.
std::string leaf_name(const nlohmann::ordered_json& leaf) {
  return leaf.is_object() ? leaf.begin().key() : leaf.get<std::string>();
}

class Describer {
 public:
  Describer(const Experiment& experiment, Description& description)
      : slots_(experiment.model.optimizer->slots()), description_(description) {}

  void add(std::span<const Layer::Named> layers, const std::string& prefix, std::size_t depth,
           Shape shape) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const auto& [leaf, layer] = layers[i];
      // As Network::add has it: a first layer that takes rows sees an image as one.
      if (depth == 0 && i == 0 && layer->takes_rows()) shape = {elements(shape)};
      DescribedLayer told;
      told.name = fmt::format("{}{}.{}", prefix, i, leaf);
      told.leaf = leaf;
      told.depth = depth;
      told.input = shape;
      told.output = layer->output(shape);
      told.summary = Registry<Layer>::instance().find(leaf)->summary;
      told.equations = equations("layers", leaf);
      add(layer->branch(), told.name + ".", depth + 1, shape);
      measure(*layer, told);
      shape = told.output;
      description_.layers.push_back(std::move(told));
    }
  }

 private:
  void measure(const Layer& layer, DescribedLayer& told) const {
    if (layer.is_view()) return;
    const bool ends_branch = !layer.branch().empty();
    std::size_t scalars = 2 * elements(told.output);  // y and dy
    if (!ends_branch) {
      scalars += layer.kept(told.input);
      told.multiply_adds = layer.multiply_adds(told.input);
      for (const Parameter& parameter : layer.parameters(told.input)) {
        add_parameter(parameter, told);
      }
    }
    told.block_bytes = real(scalars * description_.block * sizeof(Scalar));
    told.parameter_bytes = real(told.parameter_count * sizeof(Scalar));
    told.optimizer_bytes = told.parameter_bytes * real(slots_);
  }

  static void add_parameter(const Parameter& parameter, DescribedLayer& told) {
    std::string what = fmt::format("{} of {}", parameter.name, told.name);
    if (!parameter.trained) {
      what += ", not trained";
    } else if (parameter.rule.frozen) {
      what += ", frozen";
    }
    told.parameters.push_back({told.name + "." + parameter.name, what, parameter.shape});
    told.parameter_count += elements(parameter.shape);
  }

  std::size_t slots_;
  Description& description_;
};

DescribedLoss described_loss(const Experiment& experiment, const std::string& name) {
  return {name, experiment.model.loss->is_joint(experiment.model.network.link()),
          equations("losses", name)};
}

}  // namespace

std::size_t Description::parameter_count() const {
  std::size_t sum = 0;
  for (const DescribedLayer& layer : layers) sum += layer.parameter_count;
  return sum;
}

double Description::multiply_adds() const {
  double sum = 0;
  for (const DescribedLayer& layer : layers) sum += layer.multiply_adds;
  return sum;
}

std::vector<DescribedVariable> Description::variables() const {
  const auto of_samples = [&](const Shape& sample) {
    Shape size = {samples};
    size.insert(size.end(), sample.begin(), sample.end());
    return size;
  };
  std::vector<DescribedVariable> all = {{"x", "training samples of a step", of_samples(input)}};
  for (const DescribedLayer& layer : layers) {
    all.insert(all.end(), layer.parameters.begin(), layer.parameters.end());
    all.push_back({layer.name + ".y", "output of " + layer.name, of_samples(layer.output)});
  }
  return all;
}

Description describe(const Sweep& sweep, const Run& run) {
  const Experiment& experiment = run.experiment;
  const auto document = nlohmann::ordered_json::parse(run.configuration);
  Description description;
  description.source = sweep.source;
  description.experiment = sweep.name;
  description.run = run.folder;
  description.samples = batch_samples(experiment);
  description.block = ByteBlocks::kBlockRows;
  description.optimizer = leaf_name(document["optimizer"]);
  description.input = experiment.model.network.input();
  description.loss = described_loss(experiment, leaf_name(document["loss"]));
  description.run_bytes = run_bytes(experiment);
  Describer(experiment, description)
      .add(experiment.model.network.layers(), "", 0, description.input);
  return description;
}

bool described_alike(const Run& run, const Run& other) {
  const auto told = [](const Run& each) {
    const auto document = nlohmann::ordered_json::parse(each.configuration);
    std::string text = std::to_string(batch_samples(each.experiment));
    for (const char* field : {"dataset", "network", "loss", "optimizer"}) {
      text += "\n" + document[field].dump();
    }
    return text;
  };
  return told(run) == told(other);
}

}  // namespace nnrun

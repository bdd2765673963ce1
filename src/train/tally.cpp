#include "train/tally.h"

#include <cmath>

namespace nnrun {

Tally::Tally(const Model& model, std::size_t confusion_of, bool with_hidden_units)
    : states(model.metrics.size() + 1) {
  states[0] = {0};
  const std::size_t classes = confusion_of > 0 ? model.labels.classes(confusion_of) : 0;
  confusion.resize(classes * classes);
  if (with_hidden_units) hidden_units = model.network.hidden_units();
}

void Tally::add(const Model& model, const Prediction& prediction, const Targets& targets) {
  states[0][0] += model.loss->sum(prediction, targets);
  for (std::size_t i = 0; i < model.metrics.size(); ++i) {
    model.metrics[i].metric->add(prediction, targets, states[i + 1]);
  }
  samples += targets.labels.size();
  if (confusion.empty()) return;
  const std::size_t classes = model.labels.classes(prediction.outputs.columns());
  std::vector<std::uint32_t> predicted(targets.labels.size());
  predict_classes(prediction.outputs, predicted);
  for (std::size_t n = 0; n < predicted.size(); ++n) {
    ++confusion[targets.labels[n] * classes + predicted[n]];
  }
}

void Tally::add(const Model& model, const Tally& other) {
  states[0][0] += other.states[0][0];
  for (std::size_t i = 1; i < states.size(); ++i) {
    model.metrics[i - 1].metric->merge(other.states[i], states[i]);
  }
  for (std::size_t i = 0; i < confusion.size(); ++i) confusion[i] += other.confusion[i];
  for (std::size_t i = 0; i < hidden_units.size(); ++i) hidden_units[i].add(other.hidden_units[i]);
  samples += other.samples;
}

std::vector<double> Tally::values(const Model& model) const {
  return samples == 0 ? std::vector<double>() : model.values(states, samples);
}

std::size_t class_count(const std::vector<std::uint64_t>& confusion) {
  return static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(confusion.size()))));
}

}  // namespace nnrun

#include "train/tally.h"

#include <cassert>
#include <cmath>
#include <cstring>

namespace nnrun {

namespace {

template <class Value>
void write_values(std::string& bytes, const std::vector<Value>& values) {
  const std::size_t count = values.size();
  bytes.append(reinterpret_cast<const char*>(&count), sizeof count);
  bytes.append(reinterpret_cast<const char*>(values.data()), count * sizeof(Value));
}

void take(std::string_view& bytes, void* to, std::size_t size) {
  assert(bytes.size() >= size);
  if (size > 0) std::memcpy(to, bytes.data(), size);
  bytes.remove_prefix(size);
}

template <class Value>
void read_values(std::string_view& bytes, std::vector<Value>& values) {
  std::size_t count = 0;
  take(bytes, &count, sizeof count);
  values.resize(count);
  take(bytes, values.data(), count * sizeof(Value));
}

}  // namespace

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

void Tally::write(std::string& bytes) const {
  for (const Metric::State& state : states) write_values(bytes, state);
  write_values(bytes, confusion);
  for (const HiddenUnits& units : hidden_units) {
    write_values(bytes, std::vector{units.samples});
    write_values(bytes, units.at_limit);
  }
  write_values(bytes, std::vector{samples});
}

void Tally::read(std::string_view& bytes) {
  for (Metric::State& state : states) read_values(bytes, state);
  read_values(bytes, confusion);
  std::vector<std::uint64_t> count;
  for (HiddenUnits& units : hidden_units) {
    read_values(bytes, count);
    units.samples = count.front();
    read_values(bytes, units.at_limit);
  }
  read_values(bytes, count);
  samples = count.front();
}

std::vector<double> Tally::values(const Model& model) const {
  return samples == 0 ? std::vector<double>() : model.values(states, samples);
}

std::size_t class_count(const std::vector<std::uint64_t>& confusion) {
  return static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(confusion.size()))));
}

}  // namespace nnrun

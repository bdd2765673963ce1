// What a run's measures add up to over some samples.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "train/model.h"

namespace nnrun {

struct Tally {
  Tally() = default;
  /// Nothing yet; `confusion_of` are the classes of the data set for a confusion matrix, or 0.
  Tally(const Model& model, std::size_t confusion_of, bool with_hidden_units);

  std::vector<Metric::State> states;      ///< of the loss (its sum) and of each metric
  std::vector<std::uint64_t> confusion;   ///< [classes, classes] when asked for: true, predicted
  std::vector<HiddenUnits> hidden_units;  ///< when asked for
  std::size_t samples = 0;

  /// Adds what a block of samples says.
  void add(const Model& model, const Prediction& prediction, const Targets& targets);
  /// Adds what the samples that came after add up to.
  void add(const Model& model, const Tally& other);
  /// Appends all that it adds up to, for another rank.
  void write(std::string& bytes) const;
  /// Takes it from the beginning of what was written of a tally of the same model.
  void read(std::string_view& bytes);
  /// The loss alone, of at least one sample.
  double loss(const Model& model) const { return model.loss->of_batch(states[0][0], samples); }
  /// The values of Model::measures(); empty when there are no samples.
  std::vector<double> values(const Model& model) const;
};

/// K of a confusion matrix [K, K].
std::size_t class_count(const std::vector<std::uint64_t>& confusion);

}  // namespace nnrun

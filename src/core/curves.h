// What a run left behind, as numbers: its curves over the epochs and its figures.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nnrun {

/// Row `e` of each curve is the network after `e` epochs. A value that was not measured is NaN, as
/// is one that went so.
struct Curves {
  std::vector<std::string> names;           ///< "train_loss", … "validation_accuracy"
  std::vector<std::vector<double>> values;  ///< [names][epochs + 1]
  std::map<std::string, double> figures;    ///< as in runs.csv: "test_accuracy", "final_epoch"

  /// What was measured on the training samples, and may have been on others: "loss", "accuracy".
  std::vector<std::string> measures() const {
    constexpr std::string_view kTrain = "train_";
    std::vector<std::string> found;
    for (const std::string& name : names) {
      if (name.starts_with(kTrain)) found.push_back(name.substr(kTrain.size()));
    }
    return found;
  }

  /// The figure of this name; NaN where there is none.
  double figure(const std::string& name) const {
    const auto found = figures.find(name);
    return found == figures.end() ? std::numeric_limits<double>::quiet_NaN() : found->second;
  }

  /// The curve of this name, or null.
  const std::vector<double>* find(std::string_view name) const {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? nullptr
                                : &values[static_cast<std::size_t>(found - names.begin())];
  }
};

}  // namespace nnrun

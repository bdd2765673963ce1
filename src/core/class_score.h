// Metrics that are made of how often each class was predicted, and was so rightly.
#pragma once

#include <vector>

#include "core/metric.h"

namespace nnrun {

/// What is counted of one class.
struct ClassCounts {
  double right = 0;      ///< samples of the class that were predicted as such
  double predicted = 0;  ///< samples that were predicted as such
  double there = 0;      ///< samples of the class
};

/// A score of each class, averaged or told apart. With labels one_vs_rest the only class that has one is
/// the positive.
class ClassScore : public Metric {
 public:
  /// Reads `average`: macro is the mean over all K classes, micro the score of the classes' counts added
  /// up, and per_class gives each class a column.
  explicit ClassScore(Options& options);

  std::optional<std::string> misfit(const NetworkEnd& end) const final;
  bool higher_is_better() const final { return true; }
  std::vector<std::string> suffixes(const NetworkEnd& end) const final;
  void add(const Prediction& prediction, const Targets& targets, State& state) const final;
  std::vector<double> values(const State& state, std::size_t samples) const final;

 protected:
  /// `part` of `whole`, 0 where there is no whole (scikit-learn's zero_division=0).
  static double share(double part, double whole) { return whole == 0 ? 0 : part / whole; }

 private:
  virtual double score(const ClassCounts& counts) const = 0;

  std::string average_;
};

}  // namespace nnrun

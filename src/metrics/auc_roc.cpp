// auc_roc: how well the outputs put samples of a class before the others, whatever the threshold.
//   of a class: the share of the pairs of a sample of the class and one of another in which the former
//     has the larger output, equal ones counting half: the area under the ROC curve, exact
//   = (R − P (P + 1) / 2) / (P N), R the sum of the ranks of the P samples of the class among all, equal
//     ones having the mean of their ranks
//   With labels classes the mean over the classes, each against the rest. A class that no sample is of, or
//   that all are of, has no area and does not count; where none has, there is no value (an empty cell).
// Source:  Hanley, McNeil 1982; one against the rest, macro, as scikit-learn's roc_auc_score, which
//          refuses classes that are not there
// Shapes:  outputs [N, K]
// Units:   [0, 1]; 0.5 is what chance gives
// Options: none
// Errors:  none
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "core/metric.h"
#include "core/registry.h"

namespace nnrun {
namespace {

/// What a sample's output of a class says, and whether it is of the class.
struct Scored {
  double output;
  bool positive;
};

class AucRoc final : public Metric {
 public:
  std::optional<std::string> misfit(const NetworkEnd& /*end*/) const override {
    return std::nullopt;
  }

  std::string unit() const override { return "area under the ROC curve"; }
  bool higher_is_better() const override { return true; }
  bool may_be_undefined() const override { return true; }

  std::size_t numbers_per_sample(std::size_t outputs) const override { return 1 + outputs; }

  /// All is kept: K, and of each sample its label and its outputs.
  void add(const Prediction& prediction, const Targets& targets, State& state) const override {
    const ConstMatrixView& outputs = prediction.outputs;
    if (state.empty()) state.push_back(static_cast<double>(outputs.columns()));
    for (std::size_t n = 0; n < outputs.rows(); ++n) {
      state.push_back(targets.labels[n]);
      state.insert(state.end(), outputs.row(n).begin(), outputs.row(n).end());
    }
  }

  void merge(const State& other, State& state) const override {
    if (other.empty()) return;
    state.insert(state.end(), other.begin() + (state.empty() ? 0 : 1), other.end());
  }

  std::vector<double> values(const State& state, std::size_t samples) const override {
    const auto classes = static_cast<std::size_t>(state[0]);
    double total = 0;
    double known = 0;
    for (std::size_t k = 0; k < classes; ++k) {
      const auto area = area_of(scored(state, k, classes, samples));
      if (!area) continue;
      total += *area;
      known += 1;
    }
    return {known > 0 ? total / known : std::numeric_limits<double>::quiet_NaN()};
  }

 private:
  static std::vector<Scored> scored(const State& state, std::size_t k, std::size_t classes,
                                    std::size_t samples) {
    const double wanted = classes == 1 ? 1 : static_cast<double>(k);
    std::vector<Scored> all(samples);
    for (std::size_t n = 0; n < samples; ++n) {
      const double* sample = state.data() + 1 + n * (classes + 1);
      all[n] = {sample[1 + k], sample[0] == wanted};
    }
    return all;
  }

  /// The area, or nothing where there are no pairs.
  static std::optional<double> area_of(std::vector<Scored> all) {
    const auto is_nan = [](const Scored& one) { return std::isnan(one.output); };
    if (std::any_of(all.begin(), all.end(), is_nan)) return std::nullopt;  // they have no order
    std::sort(all.begin(), all.end(),
              [](const Scored& a, const Scored& b) { return a.output < b.output; });
    double positives = 0;
    double ranks = 0;
    for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
      double here = 0;
      for (; end < all.size() && all[end].output == all[begin].output; ++end) {
        here += all[end].positive ? 1 : 0;
      }
      positives += here;
      ranks += here * static_cast<double>(begin + 1 + end) / 2;
    }
    const double negatives = static_cast<double>(all.size()) - positives;
    if (positives == 0 || negatives == 0) return std::nullopt;
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives);
  }
};

const Register<Metric> kAucRoc{"auc_roc", "auc_roc",
                               "area under the ROC curve, one against the rest",
                               [](Options&) { return std::make_unique<AucRoc>(); }};

}  // namespace
}  // namespace nnrun

// f1: precision and recall in one number.
//   2 TP / (2 TP + FP + FN) of a class: the harmonic mean of its precision and recall
//   macro: the mean over the classes; micro: of the classes' counts added up, which is the accuracy, as
//   each sample has one class and is given one; per_class: each in a column of its own. With labels
//   one_vs_rest it is that of the positive class.
// Source:  van Rijsbergen 1979, chapter 7; 0 where no sample is of the class and nothing was predicted as
//          it, as scikit-learn with zero_division=0. scikit-learn's macro is over the classes that it has
//          seen, this over all K.
// Shapes:  outputs [N, K]
// Units:   [0, 1]
// Options: average  macro (default: column f1), micro (f1_micro) or per_class (f1_0, …)
// Errors:  micro or per_class with labels one_vs_rest
#include "core/class_score.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class F1 final : public ClassScore {
 public:
  using ClassScore::ClassScore;

  std::string unit() const override { return "harmonic mean of precision and recall"; }

 private:
  double score(const ClassCounts& counts) const override {
    return share(2 * counts.right, counts.predicted + counts.there);
  }
};

const Register<Metric> kF1{"f1", "f1: {average: macro}", "harmonic mean of precision and recall",
                           [](Options& options) { return std::make_unique<F1>(options); }};

}  // namespace
}  // namespace nnrun

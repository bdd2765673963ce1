// precision: how many of the samples that were taken for a class are of it.
//   TP / (TP + FP) of a class: right ones among those predicted as it
//   macro: the mean over the classes; micro: of the classes' counts added up, which is the accuracy, as
//   each sample has one class and is given one; per_class: each in a column of its own. With labels
//   one_vs_rest it is that of the positive class.
// Source:  van Rijsbergen 1979, chapter 7; 0 where nothing was predicted as the class, as scikit-learn
//          with zero_division=0. scikit-learn's macro is over the classes that it has seen, this over all
//          K.
// Shapes:  outputs [N, K]
// Units:   [0, 1]
// Options: average  macro (default: column precision), micro (precision_micro) or per_class
//                   (precision_0, …)
// Errors:  micro or per_class with labels one_vs_rest
#include "core/class_score.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Precision final : public ClassScore {
 public:
  using ClassScore::ClassScore;

  std::string unit() const override { return "share of what is predicted"; }

 private:
  double score(const ClassCounts& counts) const override {
    return share(counts.right, counts.predicted);
  }
};

const Register<Metric> kPrecision{
    "precision", "precision: {average: macro}",
    "share of what is predicted as a class that is of it",
    [](Options& options) { return std::make_unique<Precision>(options); }};

}  // namespace
}  // namespace nnrun

// recall: how many of a class's samples are found.
//   TP / (TP + FN) of a class: right ones among those of it
//   macro: the mean over the classes; micro: of the classes' counts added up, which is the accuracy, as
//   each sample has one class and is given one; per_class: each in a column of its own. With labels
//   one_vs_rest it is that of the positive class.
// Source:  van Rijsbergen 1979, chapter 7; 0 where no sample is of the class, as scikit-learn with
//          zero_division=0. scikit-learn's macro is over the classes that it has seen, this over all K.
// Shapes:  outputs [N, K]
// Units:   [0, 1]
// Options: average  macro (default: column recall), micro (recall_micro) or per_class (recall_0, …)
// Errors:  micro or per_class with labels one_vs_rest
#include "core/class_score.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Recall final : public ClassScore {
 public:
  using ClassScore::ClassScore;

  std::string unit() const override { return "share of what is there"; }

 private:
  double score(const ClassCounts& counts) const override {
    return share(counts.right, counts.there);
  }
};

const Register<Metric> kRecall{"recall", "recall: {average: macro}",
                               "share of a class's samples that are predicted as it",
                               [](Options& options) { return std::make_unique<Recall>(options); }};

}  // namespace
}  // namespace nnrun

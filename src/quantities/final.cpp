// final: the last row of a curve, or a figure of the run.
//   x[E], E being the last epoch; for a figure such as test_accuracy the figure itself
// Source:  a definition
// Units:   those of the column; epochs where its name ends in "epoch"
// Options: of  a curve or a figure
// Errors:  none; NaN is no value
#include <cmath>

#include "core/quantity.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Final final : public Quantity {
 public:
  explicit Final(Options& options) : column_(options.text("of")) {}

  std::vector<ColumnUse> columns() const override { return {{"of", column_, true}}; }

  std::optional<double> value(const Curves& curves) const override {
    const auto* curve = curves.find(column_);
    const auto figure = curves.figures.find(column_);
    std::optional<double> last;
    if (curve != nullptr && !curve->empty()) {
      last = curve->back();
    } else if (figure != curves.figures.end()) {
      last = figure->second;
    }
    return last && !std::isnan(*last) ? last : std::nullopt;
  }

  Unit unit() const override { return column_.ends_with("epoch") ? Unit::kEpochs : Unit::kMeasure; }

 private:
  std::string column_;
};

const Register<Quantity> kFinal{"final", "final: {of: test_accuracy}",
                                "last row of a curve, or a figure",
                                [](Options& options) { return std::make_unique<Final>(options); }};

}  // namespace
}  // namespace nnrun

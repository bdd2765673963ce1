#include "experiment/watched_column.h"

#include <algorithm>

#include "base/text.h"
#include "experiment/summary.h"

namespace nnrun {

Watched watched_column(const std::string& name, const Model& model, bool validates) {
  const auto names = record_columns(model);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    return {
        {},
        "'" + printable(name) + "' is not measured" + suggestion_and_all(name, names, "measured")};
  }
  const auto place = static_cast<std::size_t>(found - names.begin());
  const std::size_t measures = names.size() / 2;
  const bool of_validation = place >= measures;
  if (of_validation && !validates) {
    return {{}, name + ": dataset.split leaves no samples to validate on"};
  }
  const std::size_t measure = place % measures;
  return {{name, of_validation, measure, model.higher_is_better(measure)}, {}};
}

}  // namespace nnrun

#include "core/targets.h"

#include <algorithm>

#include "math/elementwise.h"

namespace nnrun {

std::size_t predicted_class(std::span<const Scalar> outputs) {
  if (outputs.size() == 1) return outputs[0] > Scalar{0.5} ? 1 : 0;
  return static_cast<std::size_t>(std::max_element(outputs.begin(), outputs.end()) -
                                  outputs.begin());
}

void predict_classes(ConstMatrixView outputs, std::span<std::uint32_t> classes) {
  if (outputs.columns() == 1) {
    std::transform(outputs.data(), outputs.data() + outputs.rows(), classes.begin(),
                   [](Scalar output) { return output > Scalar{0.5} ? 1U : 0U; });
  } else {
    largest_of_rows(outputs, classes);
  }
}

}  // namespace nnrun

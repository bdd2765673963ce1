#include "core/targets.h"

#include <algorithm>

namespace nnrun {

std::size_t predicted_class(std::span<const Scalar> outputs) {
  if (outputs.size() == 1) return outputs[0] > Scalar{0.5} ? 1 : 0;
  return static_cast<std::size_t>(std::max_element(outputs.begin(), outputs.end()) -
                                  outputs.begin());
}

}  // namespace nnrun

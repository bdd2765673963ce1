// first_epoch: the first epoch at which a condition holds.
//   min {e : condition(e)} over e = 0 … E; no value when it never holds
// Source:  a definition
// Units:   epochs
// Options: when  a condition (core/condition.h)
// Errors:  a condition that cannot be read, or that names no curve of the run
#include <algorithm>

#include "core/quantity.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class FirstEpoch final : public ConditionQuantity {
 public:
  explicit FirstEpoch(Options& options) : ConditionQuantity(options) {}

 protected:
  std::optional<std::size_t> among(const std::vector<bool>& holds) const override {
    const auto found = std::find(holds.begin(), holds.end(), true);
    if (found == holds.end()) return std::nullopt;
    return static_cast<std::size_t>(found - holds.begin());
  }
};

const Register<Quantity> kFirstEpoch{
    "first_epoch", "first_epoch: {when: validation_accuracy >= 0.99}",
    "first epoch at which a condition holds",
    [](Options& options) { return std::make_unique<FirstEpoch>(options); }};

}  // namespace
}  // namespace nnrun

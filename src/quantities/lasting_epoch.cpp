// lasting_epoch: the first epoch from which on a condition holds to the end.
//   min {e : condition(e') for all e' = e … E}; no value when it does not hold at E
// Source:  a definition
// Units:   epochs
// Options: when  a condition (core/condition.h)
// Errors:  a condition that cannot be read, or that names no curve of the run
#include "core/quantity.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class LastingEpoch final : public ConditionQuantity {
 public:
  explicit LastingEpoch(Options& options) : ConditionQuantity(options) {}

 protected:
  std::optional<std::size_t> among(const std::vector<bool>& holds) const override {
    std::size_t epoch = holds.size();
    while (epoch > 0 && holds[epoch - 1]) --epoch;
    return epoch < holds.size() ? std::optional(epoch) : std::nullopt;
  }
};

const Register<Quantity> kLastingEpoch{
    "lasting_epoch", "lasting_epoch: {when: validation_accuracy < train_accuracy}",
    "first epoch from which on a condition holds to the end",
    [](Options& options) { return std::make_unique<LastingEpoch>(options); }};

}  // namespace
}  // namespace nnrun

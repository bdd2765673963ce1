// last_epoch: the last epoch at which a condition holds.
//   max {e : condition(e)} over e = 0 … E; no value when it never holds
// Source:  a definition
// Units:   epochs
// Options: when  a condition (core/condition.h)
// Errors:  a condition that cannot be read, or that names no curve of the run
#include "core/quantity.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class LastEpoch final : public ConditionQuantity {
 public:
  explicit LastEpoch(Options& options) : ConditionQuantity(options) {}

 protected:
  std::optional<std::size_t> among(const std::vector<bool>& holds) const override {
    for (std::size_t epoch = holds.size(); epoch-- > 0;) {
      if (holds[epoch]) return epoch;
    }
    return std::nullopt;
  }
};

const Register<Quantity> kLastEpoch{"last_epoch", "last_epoch: {when: change(train_loss) > 0}",
                                    "last epoch at which a condition holds", [](Options& options) {
                                      return std::make_unique<LastEpoch>(options);
                                    }};

}  // namespace
}  // namespace nnrun

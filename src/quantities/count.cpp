// count: the number of epochs at which a condition holds.
//   |{e : condition(e)}| over e = 0 … E; 0 when it never holds
// Source:  a definition
// Units:   epochs
// Options: when  a condition (core/condition.h)
// Errors:  a condition that cannot be read, or that names no curve of the run
#include <algorithm>

#include "core/quantity.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Count final : public ConditionQuantity {
 public:
  explicit Count(Options& options) : ConditionQuantity(options) {}

 protected:
  std::optional<std::size_t> among(const std::vector<bool>& holds) const override {
    return static_cast<std::size_t>(std::count(holds.begin(), holds.end(), true));
  }
};

const Register<Quantity> kCount{"count", "count: {when: change(train_loss) > 0}",
                                "number of epochs at which a condition holds",
                                [](Options& options) { return std::make_unique<Count>(options); }};

}  // namespace
}  // namespace nnrun

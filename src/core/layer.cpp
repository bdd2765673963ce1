#include "core/layer.h"

#include "core/registry.h"

namespace nnrun {

ParameterRule ParameterRule::from(Options& options) {
  ParameterRule rule;
  rule.frozen = options.boolean("frozen", false);
  rule.learning_rate = read_optional_schedule(options, "learning_rate");
  return rule;
}

std::shared_ptr<const Initializer> read_bias(Options& options) {
  const Slot slot = options.leaf("bias", "zeros");
  if (slot.node != nullptr && slot.node->is_scalar() && slot.node->text == "none") return nullptr;
  return make<Initializer>(slot).leaf;
}

}  // namespace nnrun

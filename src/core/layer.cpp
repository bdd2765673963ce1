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
  const Form form = either({word_form("none"), leaf_form(Initializer::kKind)});
  const Slot slot = options.place("bias", form, "zeros");
  if (slot.node != nullptr && slot.node->is_scalar() && slot.node->text == "none") return nullptr;
  return make<Initializer>(slot).leaf;
}

}  // namespace nnrun

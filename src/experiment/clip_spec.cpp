#include "experiment/clip_spec.h"

namespace nnrun {

GradientClip read_clip(Options& options) {
  const Slot slot = options.leaf("clip_gradient", "none");
  if (slot.node == nullptr || (slot.node->is_scalar() && slot.node->text == "none")) return {};
  if (!slot.node->is_mapping()) {
    slot.expected("none, {norm: X} or {value: X}");
    return {};
  }
  const bool by_value = slot.node->find("value") != nullptr;
  Options inside(slot);
  if (by_value && inside.has("norm")) slot.fail("takes one of norm and value, not both");
  inside.pass_over(by_value ? "norm" : "value");
  const double limit = inside.real(by_value ? "value" : "norm", positive());
  inside.finish();
  return {by_value ? GradientClip::By::kValue : GradientClip::By::kNorm, limit};
}

}  // namespace nnrun

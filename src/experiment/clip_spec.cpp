#include "experiment/clip_spec.h"

namespace nnrun {

namespace {

GradientClip read_limit(const Slot& slot) {
  Options inside(slot);
  inside.record_one_of({{"norm", real_form(positive()), {}}, {"value", real_form(positive()), {}}});
  const bool by_value = inside.has("value");
  if (by_value && inside.has("norm")) slot.fail("takes one of norm and value, not both");
  inside.pass_over(by_value ? "norm" : "value");
  const double limit = inside.real(by_value ? "value" : "norm", positive());
  inside.finish();
  return {by_value ? GradientClip::By::kValue : GradientClip::By::kNorm, limit};
}

}  // namespace

GradientClip read_clip(Options& options) {
  const Form form =
      either({word_form("none"), form_read_by(read_limit)}, "none, {norm: X} or {value: X}");
  const Slot slot = options.place("clip_gradient", form, "none");
  if (slot.node == nullptr || (slot.node->is_scalar() && slot.node->text == "none")) return {};
  if (!slot.node->is_mapping()) {
    slot.expected(form.text());
    return {};
  }
  return read_limit(slot);
}

}  // namespace nnrun

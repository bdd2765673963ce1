// A share of samples: their number, or a fraction of them.
#include "base/text.h"
#include "config/options.h"
#include "config/plain_numbers.h"

namespace nnrun {

namespace {

/// A fraction keeps its point: 1.0 is everything, 1 is one sample.
std::string share_text(const Share& share) {
  if (const auto* count = std::get_if<std::int64_t>(&share)) return std::to_string(*count);
  const std::string text = shortest(std::get<double>(share));
  return parse_integer(text) ? text + ".0" : text;
}

}  // namespace

Share Options::share(const std::string& key, Share fallback) {
  const Form form = either({whole_form(at_least(0)), real_form(real_between(0, 1))},
                           "a number of samples (40000) or a fraction from 0 to 1 (0.8)");
  const Slot slot = value(key, form, Node::scalar(share_text(fallback))).single();
  if (slot.node == nullptr) return fallback;
  if (const auto count = plain_whole(*slot.node); count && *count >= 0) return *count;
  const auto part = plain_real(*slot.node);
  if (part && *part >= 0 && *part <= 1 && !plain_whole(*slot.node)) return *part;
  slot.expected(form.text());
  return fallback;
}

}  // namespace nnrun

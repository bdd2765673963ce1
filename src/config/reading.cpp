#include "config/reading.h"

#include <fmt/format.h>

namespace nnrun {

void Slot::fail(const std::string& message) const {
  reading->diagnostics.add(node->mark, path.text(), message);
}

void Slot::expected(const std::string& what) const {
  fail(fmt::format("expected {}, got {}", what, describe(*node)));
}

void Slot::note_kind(std::string_view kind) const {
  if (reading == nullptr || reading->options.empty()) return;
  OptionRecord& last = reading->options.back();
  const bool vowel = std::string_view("aeiou").find(kind.front()) != std::string_view::npos;
  if (last.path == path.dotted()) last.expected = fmt::format("{} {}", vowel ? "an" : "a", kind);
}

Slot Slot::single() const {
  if (node == nullptr || !node->is_sequence()) return *this;
  if (node->items.empty()) {
    fail("an empty list; a grid axis needs at least one value");
    return {nullptr, path, reading};
  }
  reading->axes.push_back({path, node->items, node->mark, node->order});
  return {&reading->first_values.emplace_back(node->items.front()), path, reading};
}

}  // namespace nnrun

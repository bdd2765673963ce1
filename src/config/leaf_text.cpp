// A leaf as it is written: a name, or a name with options.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "config/options.h"

namespace nnrun {

namespace {

/// After `extends` and `--set`, a leaf named anew stands beside the one it replaces: the one written
/// last counts.
void drop_extended(Node& node) {
  if (!node.is_mapping() || node.entries.size() < 2) return;
  int newest = 0;
  for (const Entry& entry : node.entries) newest = std::max(newest, entry.source);
  node.entries.remove_if([&](const Entry& entry) { return entry.source != newest; });
}

}  // namespace

std::optional<LeafText> read_leaf(const Slot& slot) {
  if (slot.node == nullptr) return std::nullopt;
  Node& node = *slot.node;
  drop_extended(node);
  const bool bare = node.is_scalar() && !node.is_plain_value();
  const bool with_options = node.is_mapping() && node.entries.size() == 1;
  if (!bare && !with_options) {
    slot.expected("a name, or one name with options (name: {option: value})");
    return std::nullopt;
  }
  if (bare) {
    const std::string name = node.text;
    const Mark mark = node.mark;
    const int order = node.order;
    node = Node::mapping(mark);
    node.order = order;
    node.at(name, mark).value = Node::mapping(mark);
  }
  Entry& entry = node.entries.front();
  return LeafText{entry.key, slot, &entry.value, slot.path / entry.key};
}

void finish_leaf(const LeafText& leaf) {
  if (!leaf.body->is_mapping() || !leaf.body->entries.empty()) return;
  const int order = leaf.slot.node->order;
  *leaf.slot.node = Node::scalar(leaf.name, leaf.slot.node->mark);
  leaf.slot.node->order = order;
}

}  // namespace nnrun

#include "config/path.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "config/yaml.h"

namespace nnrun {

namespace {

bool is_index(std::string_view step) {
  const auto value = parse_integer(step);
  return value && *value >= 0;
}

Node* item(Node& list, std::string_view step) {
  const auto index = parse_integer(step);
  if (!index || *index < 0 || static_cast<std::size_t>(*index) >= list.items.size()) return nullptr;
  return &list.items[static_cast<std::size_t>(*index)];
}

Node* existing(Node& node, std::string_view step) {
  if (node.is_sequence()) return item(node, step);
  Entry* entry = node.is_mapping() ? node.find(step) : nullptr;
  return entry != nullptr ? &entry->value : nullptr;
}

/// Whether a part `step` of a scalar can be made: nothing, or the bare name of a leaf, becomes a mapping.
bool opens(const Node& node, const std::string& step) {
  return node.is_scalar() && (node.text.empty() || node.text == step) && !node.quoted;
}

/// The part `step` of `node`, made when it can be.
Node* reach(Node& node, const std::string& step, const Mark& where, int source) {
  if (node.is_sequence()) return item(node, step);
  if (opens(node, step)) {
    node = Node::mapping(node.mark.file ? node.mark : where);
  }
  if (!node.is_mapping()) return nullptr;
  Entry& entry = node.at(step, where);
  entry.source = std::max(entry.source, source);
  return &entry.value;
}

}  // namespace

Path Path::parse(std::string_view dotted) {
  Path path;
  while (true) {
    const auto dot = dotted.find('.');
    path.steps_.emplace_back(dotted.substr(0, dot));
    if (dot == std::string_view::npos) return path;
    dotted.remove_prefix(dot + 1);
  }
}

Path Path::operator/(std::string_view key) const {
  Path longer = *this;
  longer.steps_.emplace_back(key);
  return longer;
}

Path Path::operator/(std::size_t index) const { return *this / std::to_string(index); }

std::string Path::text() const {
  std::string shown;
  for (const std::string& step : steps_) {
    if (is_index(step)) {
      shown += "[" + step + "]";
    } else {
      shown += (shown.empty() ? "" : ".") + printable(step);
    }
  }
  return shown;
}

std::string Path::dotted() const { return fmt::format("{}", fmt::join(steps_, ".")); }

bool Path::leads_to(const Path& other) const {
  return steps_.size() <= other.steps_.size() &&
         std::equal(steps_.begin(), steps_.end(), other.steps_.begin());
}

const Node* Path::find(const Node& root) const {
  Node* node = const_cast<Node*>(&root);
  for (const std::string& step : steps_) {
    node = existing(*node, step);
    if (node == nullptr) return nullptr;
  }
  return node;
}

bool Path::can_be_made(Node& root) const {
  if (steps_.size() > kDeepest) return false;
  Node* node = &root;
  for (const std::string& step : steps_) {
    Node* part = existing(*node, step);
    if (part == nullptr) return node->is_mapping() || opens(*node, step);
    node = part;
  }
  return true;
}

bool Path::assign(Node& root, Node value, int source) const {
  if (!can_be_made(root)) return false;
  Node* node = &root;
  for (const std::string& step : steps_) node = reach(*node, step, value.mark, source);
  *node = std::move(value);
  return true;
}

void Path::erase(Node& root) const {
  Node* node = &root;
  for (std::size_t i = 0; i + 1 < steps_.size() && node != nullptr; ++i) {
    node = existing(*node, steps_[i]);
  }
  if (node != nullptr && node->is_mapping()) node->erase(steps_.back());
}

}  // namespace nnrun

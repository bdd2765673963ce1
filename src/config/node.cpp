#include "config/node.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.h"

namespace nnrun {

namespace {

void number_from(Node& node, int& next) {
  node.order = next++;
  for (Node& item : node.items) number_from(item, next);
  for (Entry& entry : node.entries) number_from(entry.value, next);
}

std::string scalar_line(const Node& node) {
  return node.quoted ? fmt::format("\"{}\"", printable(node.text)) : printable(node.text);
}

}  // namespace

std::string to_text(const Mark& mark) {
  std::string text = mark.file ? printable(*mark.file) : std::string();
  if (mark.line > 0) text += fmt::format(":{}:{}", mark.line, mark.column);
  return text;
}

Node Node::scalar(std::string text, Mark mark, bool quoted) {
  Node node;
  node.text = std::move(text);
  node.mark = std::move(mark);
  node.quoted = quoted;
  return node;
}

Node Node::sequence(Mark mark) {
  Node node;
  node.kind = Kind::kSequence;
  node.mark = std::move(mark);
  return node;
}

Node Node::mapping(Mark mark) {
  Node node;
  node.kind = Kind::kMapping;
  node.mark = std::move(mark);
  return node;
}

bool Node::is_plain_value() const {
  if (!is_scalar() || quoted) return false;
  return parse_real(text) || text == "true" || text == "false" || text == "null" || text == "~";
}

bool Entry::is_usual() const { return !usual.empty() && to_line(value) == usual; }

Entry* Node::find(std::string_view key) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const Entry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

const Entry* Node::find(std::string_view key) const { return const_cast<Node*>(this)->find(key); }

Entry& Node::at(const std::string& key, const Mark& where) {
  if (Entry* entry = find(key)) return *entry;
  return entries.emplace_back(Entry{key, where, Node::scalar("", where), false});
}

void Node::erase(std::string_view key) {
  entries.remove_if([&](const Entry& entry) { return entry.key == key; });
}

std::string describe(const Node& node) {
  if (node.is_mapping()) return node.entries.empty() ? "an empty mapping" : "a mapping";
  if (node.is_sequence()) return node.items.empty() ? "an empty list" : "a list";
  if (node.quoted) return fmt::format("the text \"{}\"", printable(node.text));
  return node.is_plain_value() ? node.text : fmt::format("'{}'", printable(node.text));
}

std::string to_line(const Node& node) {
  if (node.is_scalar()) return scalar_line(node);
  std::vector<std::string> parts;
  for (const Node& item : node.items) parts.push_back(to_line(item));
  for (const Entry& entry : node.entries) {
    parts.push_back(printable(entry.key) + ": " + to_line(entry.value));
  }
  const std::string inside = fmt::format("{}", fmt::join(parts, ", "));
  return node.is_mapping() ? "{" + inside + "}" : "[" + inside + "]";
}

void number_nodes(Node& root) {
  int next = 0;
  number_from(root, next);
}

}  // namespace nnrun

// A Node tree as YAML text.
#include <yaml-cpp/emitter.h>

#include "config/yaml.h"

namespace nnrun {

namespace {

constexpr std::size_t kLongestLine = 72;

void emit(YAML::Emitter& out, const Node& node, bool flow);

void emit_scalar(YAML::Emitter& out, const Node& node) {
  // Text that would read back as a number, or as nothing, keeps its quotes.
  Node plain = node;
  plain.quoted = false;
  const bool ambiguous = node.text.empty() || plain.is_plain_value();
  if (node.quoted && ambiguous) out << YAML::DoubleQuoted;
  out << node.text;
}

void emit_mapping(YAML::Emitter& out, const Node& node, bool flow) {
  if (flow) out << YAML::Flow;
  out << YAML::BeginMap;
  for (const Entry& entry : node.entries) {
    out << YAML::Key;
    if (entry.key == "<<") out << YAML::DoubleQuoted;  // plain, it would be a merge key
    out << entry.key << YAML::Value;
    emit(out, entry.value, flow);
  }
  out << YAML::EndMap;
}

void emit_sequence(YAML::Emitter& out, const Node& node, bool flow) {
  if (flow) out << YAML::Flow;
  out << YAML::BeginSeq;
  for (const Node& item : node.items) emit(out, item, flow || to_line(item).size() <= kLongestLine);
  out << YAML::EndSeq;
}

bool holds_no_mapping(const Node& node) {
  for (const Node& item : node.items) {
    if (item.is_mapping() || !holds_no_mapping(item)) return false;
  }
  return true;
}

void emit(YAML::Emitter& out, const Node& node, bool flow) {
  if (node.is_scalar()) return emit_scalar(out, node);
  if (node.is_mapping()) return emit_mapping(out, node, flow);
  emit_sequence(out, node, flow || holds_no_mapping(node));
}

}  // namespace

std::string to_yaml(const Node& root) {
  YAML::Emitter out;
  out.SetMapFormat(YAML::Block);
  emit(out, root, false);
  return std::string(out.c_str()) + "\n";
}

}  // namespace nnrun

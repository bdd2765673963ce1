#include "config/json.h"

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace nnrun {

namespace {

nlohmann::ordered_json scalar(const Node& node) {
  if (node.quoted) return node.text;
  if (const auto whole = parse_integer(node.text)) return *whole;
  if (const auto real = parse_real(node.text)) return *real;
  if (node.text == "true" || node.text == "false") return node.text == "true";
  return node.text;
}

}  // namespace

nlohmann::ordered_json to_json(const Node& node) {
  if (node.is_scalar()) return scalar(node);
  auto json =
      node.is_mapping() ? nlohmann::ordered_json::object() : nlohmann::ordered_json::array();
  for (const Node& item : node.items) json.push_back(to_json(item));
  for (const Entry& entry : node.entries) json[entry.key] = to_json(entry.value);
  return json;
}

Node from_json(const nlohmann::ordered_json& json, const Mark& mark) {
  if (json.is_object()) {
    Node node = Node::mapping(mark);
    for (const auto& [key, value] : json.items()) node.at(key, mark).value = from_json(value, mark);
    return node;
  }
  if (json.is_array()) {
    Node node = Node::sequence(mark);
    for (const auto& item : json) node.items.push_back(from_json(item, mark));
    return node;
  }
  if (json.is_number_float()) return Node::scalar(shortest(json.get<double>()), mark);
  if (!json.is_string()) return Node::scalar(json.dump(), mark);
  Node node = Node::scalar(json.get<std::string>(), mark);
  node.quoted = node.is_plain_value();
  return node;
}

}  // namespace nnrun

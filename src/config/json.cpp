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

}  // namespace nnrun

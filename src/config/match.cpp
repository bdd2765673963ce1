#include "config/match.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "config/plain_numbers.h"
#include "config/yaml.h"

namespace nnrun {

namespace {

bool same_scalar(const Node& pattern, const Node& value) {
  const auto wanted = plain_real(pattern);
  const auto there = plain_real(value);
  return wanted && there ? *wanted == *there : pattern.text == value.text;
}

bool same_list(const Node& pattern, const Node& value) {
  return value.is_sequence() &&
         std::equal(pattern.items.begin(), pattern.items.end(), value.items.begin(),
                    value.items.end(),
                    [](const Node& one, const Node& other) { return matches(one, other); });
}

bool same_mapping(const Node& pattern, const Node& value) {
  return std::all_of(pattern.entries.begin(), pattern.entries.end(), [&](const Entry& entry) {
    const Entry* there = value.find(entry.key);
    return there != nullptr && matches(entry.value, there->value);
  });
}

/// The leaf's name, of a mapping that is one with options.
bool is_leaf_named(const std::string& name, const Node& value) {
  return value.is_mapping() && value.entries.size() == 1 && value.entries.front().key == name;
}

/// At the commas that are in no quotes and no brackets.
std::vector<std::string> parts_of(const std::string& text) {
  std::vector<std::string> parts(1);
  int depth = 0;
  char quote = 0;
  for (const char c : text) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    }
    if (quote == 0) depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
    if (c == ',' && depth == 0 && quote == 0) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

}  // namespace

bool matches(const Node& pattern, const Node& value) {
  if (pattern.is_sequence()) {
    return same_list(pattern, value) ||
           std::any_of(pattern.items.begin(), pattern.items.end(),
                       [&](const Node& item) { return matches(item, value); });
  }
  if (pattern.is_mapping()) {
    if (value.is_scalar())
      return is_leaf_named(value.text, pattern) && pattern.entries.front().value.entries.empty();
    return value.is_mapping() && same_mapping(pattern, value);
  }
  return value.is_scalar() ? same_scalar(pattern, value) : is_leaf_named(pattern.text, value);
}

bool matches(const Pattern& pattern, const Node& document) {
  return std::all_of(pattern.fields.begin(), pattern.fields.end(), [&](const auto& field) {
    const Node* node = field.first.find(document);
    return node != nullptr && matches(field.second, *node);
  });
}

std::optional<Pattern> read_pattern(const Node& node, const std::string& where,
                                    Diagnostics& diagnostics) {
  if (!node.is_mapping() || node.entries.empty()) {
    diagnostics.add(node.mark, where, "expected fields with their values, got " + describe(node));
    return std::nullopt;
  }
  Pattern pattern{{}, node.mark};
  for (const Entry& entry : node.entries) {
    pattern.fields.emplace_back(Path::parse(entry.key), entry.value);
  }
  return pattern;
}

Pattern parse_pattern(const std::string& text) {
  Diagnostics diagnostics;
  Pattern pattern;
  for (const std::string& part : parts_of(text)) {
    const auto equals = part.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == part.size()) {
      throw Error(fmt::format("expected PATH=VALUE,…, such as learning_rate=0.7,seed=2; got '{}'",
                              printable(text)));
    }
    auto value = parse_yaml(part.substr(equals + 1), printable(text), diagnostics);
    diagnostics.throw_if_any();
    pattern.fields.emplace_back(Path::parse(part.substr(0, equals)), *std::move(value));
  }
  return pattern;
}

}  // namespace nnrun

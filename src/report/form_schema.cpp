#include "report/form_schema.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "config/json.h"
#include "config/yaml.h"

namespace nnrun {

namespace {

using Json = FormSchema::Json;
using Is = Form::Kind;

/// Kinds are named as in messages: a "data set" is a dataset here.
Json reference_to(std::string definition) {
  std::erase(definition, ' ');
  return {{"$ref", "#/definitions/" + definition}};
}

Json number(const RealBounds& bounds) {
  Json schema = {{"type", "number"}};
  if (std::isfinite(bounds.least)) {
    schema[bounds.open_least ? "exclusiveMinimum" : "minimum"] = bounds.least;
  }
  if (std::isfinite(bounds.most)) {
    schema[bounds.open_most ? "exclusiveMaximum" : "maximum"] = bounds.most;
  }
  return schema;
}

bool has_most(const WholeBounds& bounds) {
  return bounds.most != std::numeric_limits<std::int64_t>::max();
}

Json integer(const WholeBounds& bounds) {
  Json schema = {{"type", "integer"}};
  if (bounds.least != std::numeric_limits<std::int64_t>::min()) schema["minimum"] = bounds.least;
  if (has_most(bounds)) schema["maximum"] = bounds.most;
  return schema;
}

Json text(const Form& form) {
  Json schema = {{"type", "string"}};
  if (!form.pattern.empty()) schema["pattern"] = form.pattern;
  return schema;
}

/// The default that an editor may fill in; null where there is none, or an empty one.
Json default_of(const OptionRecord& option) {
  if (option.required() || option.default_value == kNoDefault) return nullptr;
  Diagnostics none;
  const auto node = parse_yaml(option.default_value, "default", none);
  Json value = node ? to_json(*node) : Json();
  const bool empty = value.is_string() ? value.get<std::string>().empty() : value.empty();
  return empty ? Json() : value;
}

/// All of these at once.
Json all_of(std::vector<Json> schemas) {
  if (schemas.empty()) return Json::object();
  if (schemas.size() == 1) return std::move(schemas.front());
  return {{"allOf", std::move(schemas)}};
}

/// Whether a number may stand there, and so a range of them.
bool takes_numbers(const Form& form) {
  return form.kind == Is::kReal || form.kind == Is::kWhole ||
         (form.kind == Is::kEither &&
          std::any_of(form.parts.begin(), form.parts.end(), takes_numbers));
}

Json range_of(const Json& number, const char* more, const Json& of_more) {
  return {{"type", "object"},
          {"properties", {{"from", number}, {"to", number}, {more, of_more}}},
          {"required", {"from", "to"}},
          {"additionalProperties", false}};
}

/// config/range.h.
Json ranges() {
  const Json points = {{"type", "integer"}, {"minimum", 2}, {"maximum", 100000}};
  const Json step = {{"type", "integer"}, {"minimum", 1}};
  const Json positive = {{"type", "number"}, {"exclusiveMinimum", 0}};
  return {{"type", "object"},
          {"description", "an axis: numbers from one to another"},
          {"properties",
           {{"linear", range_of({{"type", "number"}}, "points", points)},
            {"log", range_of(positive, "points", points)},
            {"integers", range_of({{"type", "integer"}}, "step", step)}}},
          {"additionalProperties", false},
          {"minProperties", 1},
          {"maxProperties", 1}};
}

bool needs_an_option(const LeafFacts& leaf) {
  return std::any_of(leaf.options.begin(), leaf.options.end(),
                     [](const OptionRecord& option) { return option.required(); });
}

Form options_of(const LeafFacts& leaf) {
  Form form = mapping_form();
  form.options = leaf.options;
  form.axis = false;
  return form;
}

}  // namespace

bool is_of_claims(const Kind& kind) { return kind.name == "quantities"; }

FormSchema::FormSchema(bool axes) : axes_(axes) {
  for (const Kind& kind : kinds()) leaves_[kind.one] = kind.leaves();
}

Json FormSchema::value(const Form& form) const {
  switch (form.kind) {
    case Is::kReal: return number(form.real);
    case Is::kWhole: return integer(form.whole);
    case Is::kBoolean: return {{"type", "boolean"}};
    case Is::kText: return text(form);
    case Is::kScalar: return {{"type", {"string", "number", "boolean"}}};
    case Is::kWord: return {{"const", form.name}};
    case Is::kLeaf:
    case Is::kPaths: return reference_to(form.name);
    case Is::kList: return list(form);
    case Is::kMapping: return mapping(form.options);
    case Is::kNames:
      return {{"type", "object"},
              {"additionalProperties", value(form.parts.front())},
              {"minProperties", 1}};
    case Is::kEither: return alternatives(form);
  }
  return nullptr;
}

Json FormSchema::list(const Form& form) const {
  Json schema = {{"type", "array"}};
  schema["items"] = with_axis(value(form.parts.front()), form.parts.front());
  if (form.whole.least > 0) schema["minItems"] = form.whole.least;
  if (has_most(form.whole)) schema["maxItems"] = form.whole.most;
  if (form.unique) schema["uniqueItems"] = true;
  return schema;
}

/// A mapping among them has all that it needs: it is written as a whole.
Json FormSchema::alternatives(const Form& form) const {
  Json words = Json::array();
  Json others = Json::array();
  for (const Form& part : form.parts) {
    if (part.kind == Is::kWord) {
      words.push_back(part.name);
    } else if (part.kind == Is::kMapping) {
      others.push_back(all_of({value(part), mapping_needs(part)}));
    } else {
      others.push_back(value(part));
    }
  }
  if (!words.empty()) others.insert(others.begin(), Json::object({{"enum", words}}));
  return others.size() == 1 ? others.front() : Json{{"anyOf", others}};
}

Json FormSchema::axis(const Form& form) const {
  const Json many = {
      {"type", "array"}, {"items", value(form)}, {"minItems", 1}, {"uniqueItems", true}};
  return takes_numbers(form) ? Json{{"anyOf", {many, reference_to("range")}}} : many;
}

Json FormSchema::with_axis(Json one, const Form& form) const {
  if (!axes_ || !form.axis) return one;
  const Json many = axis(form);
  if (!one.contains("anyOf")) one = {{"anyOf", {std::move(one)}}};
  if (!many.contains("anyOf")) {
    one["anyOf"].push_back(many);
  } else {
    one["anyOf"].insert(one["anyOf"].end(), many["anyOf"].begin(), many["anyOf"].end());
  }
  return one;
}

Json FormSchema::field(const OptionRecord& option) const {
  Json schema = with_axis(value(option.form), option.form);
  if (schema.contains("$ref")) schema = {{"allOf", {std::move(schema)}}};  // it stands alone
  schema["description"] = option.form.text();
  const Json usual = default_of(option);
  if (!usual.is_null()) schema["default"] = usual;
  return schema;
}

Json FormSchema::mapping(const std::vector<OptionRecord>& options) const {
  Json properties = Json::object();
  for (const OptionRecord& option : options) properties[option.path] = field(option);
  return {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
}

Json FormSchema::needs(const Form& form) const {
  std::vector<Json> parts;
  switch (form.kind) {
    case Is::kLeaf: return reference_to(form.name + ".needs");
    case Is::kMapping: return mapping_needs(form);
    case Is::kList:
      parts.push_back(needs(form.parts.front()));
      return parts.front().empty() ? Json::object() : Json{{"items", parts.front()}};
    case Is::kEither:
      for (const Form& part : form.parts) {
        if (part.kind == Is::kLeaf) parts.push_back(needs(part));
      }
      return all_of(std::move(parts));
    default: return Json::object();
  }
}

Json FormSchema::mapping_needs(const Form& form) const {
  Json schema = Json::object();
  Json required = Json::array();
  Json properties = Json::object();
  for (const OptionRecord& option : form.options) {
    if (option.required()) required.push_back(option.path);
    const Json inside = needs(option.form);
    if (!inside.empty()) properties[option.path] = inside;
  }
  if (!required.empty()) schema["required"] = required;
  if (!properties.empty()) schema["properties"] = properties;
  for (const auto& keys : form.one_of) {
    Json one = Json::array();
    for (const std::string& key : keys) one.push_back({{"required", {key}}});
    schema["oneOf"] = one;
  }
  if (axes_ && form.axis && !schema.empty()) schema["items"] = Json(schema);
  return schema;
}

Json FormSchema::leaves(const Kind& kind) const {
  Json alternatives = Json::array();
  Json properties = Json::object();
  for (const LeafFacts& leaf : leaves_.at(kind.one)) {
    alternatives.push_back({{"const", leaf.name}, {"description", leaf.summary}});
    properties[leaf.name] = reference_to(kind.one + "." + leaf.name);
  }
  alternatives.push_back({{"type", "object"},
                          {"properties", properties},
                          {"additionalProperties", false},
                          {"minProperties", 1},
                          {"maxProperties", 1}});
  return {{"anyOf", alternatives}};
}

Json FormSchema::leaf_needs(const Kind& kind) const {
  Json schema = Json::object();
  Json not_bare = Json::array();
  Json properties = Json::object();
  for (const LeafFacts& leaf : leaves_.at(kind.one)) {
    if (needs_an_option(leaf)) not_bare.push_back(leaf.name);
    const Json inside = mapping_needs(options_of(leaf));
    if (!inside.empty()) properties[leaf.name] = inside;
  }
  if (!not_bare.empty()) schema["not"] = {{"enum", not_bare}};
  if (!properties.empty()) schema["properties"] = properties;
  if (axes_ && !schema.empty()) schema["items"] = reference_to(kind.one + ".needs");
  return schema;
}

Json FormSchema::definitions() const {
  Json all = Json::object();
  if (axes_) all["range"] = ranges();
  for (const Kind& kind : kinds()) {
    if (is_of_claims(kind) == axes_) continue;
    all[kind.one] = leaves(kind);
    all[kind.one + ".needs"] = leaf_needs(kind);
    for (const LeafFacts& leaf : leaves_.at(kind.one)) {
      Json& options = all[kind.one + "." + leaf.name] = mapping(leaf.options);
      options["description"] = leaf.summary;
    }
  }
  return all;
}

}  // namespace nnrun

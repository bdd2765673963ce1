#include "report/schema.h"

#include <algorithm>

#include "experiment/spec.h"
#include "report/form_schema.h"
#include "report/manifest.h"
#include "report/path_schema.h"

namespace nnrun {

namespace {

using Json = FormSchema::Json;

/// `grid` or `zip` has a value for the key, or for a part of it.
Json in_axes(const std::string& axes, const std::string& key) {
  const Json other = {{"not", {{"pattern", "^" + key + "(\\.|$)"}}}};
  return {{"required", {axes}}, {"properties", {{axes, {{"not", {{"propertyNames", other}}}}}}}};
}

/// The schema holds for the document unless one of these does.
Json unless(const std::vector<Json>& elsewhere, const Json& schema) {
  if (elsewhere.empty()) return schema;
  return {{"if", {{"not", {{"anyOf", elsewhere}}}}}, {"then", schema}};
}

bool has(const Form& document, const std::string& key) {
  return std::any_of(document.options.begin(), document.options.end(),
                     [&](const OptionRecord& option) { return option.path == key; });
}

/// What must be there, but for what an extended file or `grid` may have. Lists replace: an extended file has
/// no part in one that is written.
Json conditions(const Form& document, const FormSchema& forms) {
  Json all = Json::array();
  for (const OptionRecord& option : document.options) {
    const std::string& key = option.path;
    std::vector<Json> elsewhere;
    if (has(document, "grid")) {
      elsewhere = {in_axes("grid", key), in_axes("zip", key), {{"required", {"runs"}}}};
    }
    const Json inside = forms.needs(option.form);
    const Json written = {{"properties", {{key, inside}}}};
    if (option.form.kind == Form::Kind::kList && !inside.empty()) {
      all.push_back(unless(elsewhere, written));
    }
    elsewhere.push_back({{"required", {"extends"}}});
    if (option.required()) all.push_back(unless(elsewhere, {{"required", {key}}}));
    if (option.form.kind != Form::Kind::kList && !inside.empty()) {
      all.push_back(unless(elsewhere, written));
    }
  }
  return all;
}

/// What fits a line stands on one: a schema has thousands of small objects.
std::string json_text(const Json& json, std::size_t indent) {
  constexpr std::size_t kWidest = 110;
  std::string line = json.dump();
  if (!json.is_structured() || indent + line.size() <= kWidest) return line;
  const std::string margin(indent + 1, ' ');
  std::string lines;
  for (const auto& [key, value] : json.items()) {
    lines += (lines.empty() ? "\n" : ",\n") + margin;
    if (json.is_object()) lines += Json(key).dump() + ": ";
    lines += json_text(value, indent + 1);
  }
  const std::string end = "\n" + std::string(indent, ' ');
  return json.is_object() ? "{" + lines + end + "}" : "[" + lines + end + "]";
}

std::string document(const std::string& title, const Form& form, const FormSchema& forms,
                     const Json& definitions) {
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"$comment", "made by nnrun schema, not written by hand"},
                 {"title", title}};
  schema.update(forms.mapping(form.options));
  schema["allOf"] = conditions(form, forms);
  schema["definitions"] = definitions;
  return json_text(schema, 0) + "\n";
}

}  // namespace

std::string experiment_schema() {
  const Form form = experiment_form();
  const FormSchema forms(true);
  Json definitions = forms.definitions();
  definitions["grid"] = grid_schema(form, forms);
  definitions["set"] = set_schema(form, forms);
  return document("an experiment of nnrun", form, forms, definitions);
}

/// `set` takes what an experiment does, axes included; a manifest itself has none.
std::string manifest_schema() {
  const Form form = manifest_form();
  const Form experiment = experiment_form();
  const FormSchema forms(false);
  const FormSchema fields(true);
  Json definitions = fields.definitions();
  definitions.update(forms.definitions());
  definitions["grid"] = grid_schema(experiment, fields);
  definitions["set"] = set_schema(experiment, fields);
  return document("a manifest of nnrun", form, forms, definitions);
}

}  // namespace nnrun

#include "report/path_schema.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>
#include <utility>

namespace nnrun {

namespace {

using Json = FormSchema::Json;
using Is = Form::Kind;

/// A path as it is, or, where leaves and list items are on it, a regular expression that it matches.
struct Prefix {
  std::string text;
  bool exact = true;

  Prefix operator/(const std::string& key) const {
    return {text + (text.empty() ? "" : exact ? "." : "\\.") + key, exact};
  }
  Prefix item() const {
    std::string pattern = "^";
    for (const char letter : text)
      pattern += exact && letter == '.' ? "\\." : std::string(1, letter);
    return {(exact ? pattern : text) + "\\.[0-9]+", false};
  }
};

/// Every path that leads into an experiment, with the schema of its value.
class Paths {
 public:
  /// `entry` makes the schema of the value of a path; null: no path leads there.
  explicit Paths(std::function<Json(const OptionRecord&)> entry) : entry_(std::move(entry)) {}

  void add(const std::vector<OptionRecord>& options, const Prefix& at) {
    for (const OptionRecord& option : options) {
      put(at / option.path, option);
      add_inside(option.form, at / option.path);
    }
  }

  /// The options of each leaf, wherever it stands.
  void add_leaves() {
    for (const Kind& kind : kinds()) {
      if (is_of_claims(kind)) continue;
      for (const LeafFacts& leaf : kind.leaves()) {
        const Prefix at = {"\\." + leaf.name, false};
        Form whole = leaf_form(kind.one + "." + leaf.name);
        whole.axis = false;
        put(at, {leaf.name, whole, kNoDefault});
        add(leaf.options, at);
      }
    }
  }

  Json schema(const std::vector<OptionRecord>& top) {
    std::vector<std::string> keys;
    for (const OptionRecord& option : top) keys.push_back(option.path);
    return {{"type", "object"},
            {"propertyNames", {{"pattern", fmt::format("^({})(\\.|$)", fmt::join(keys, "|"))}}},
            {"properties", std::move(exact_)},
            {"patternProperties", std::move(patterns_)},
            {"additionalProperties", false}};
  }

 private:
  void put(const Prefix& path, const OptionRecord& option) {
    Json schema = entry_(option);
    if (schema.is_null()) return;
    Json& place = path.exact ? exact_[path.text] : patterns_[path.text + "$"];
    if (place.is_null()) {
      place = std::move(schema);
    } else if (place != schema) {  // leaves of two kinds with the same name
      place = {{"anyOf", {place, std::move(schema)}}};
    }
  }

  void add_inside(const Form& form, const Prefix& at) {
    if (form.kind == Is::kMapping) add(form.options, at);
    if (form.kind == Is::kList) put(at.item(), {"", form.parts.front(), kNoDefault});
    if (form.kind != Is::kEither) return;
    for (const Form& part : form.parts) {
      if (part.kind == Is::kMapping) add(part.options, at);
    }
  }

  std::function<Json(const OptionRecord&)> entry_;
  Json exact_ = Json::object();
  Json patterns_ = Json::object();
};

}  // namespace

Json grid_schema(const Form& experiment, const FormSchema& forms) {
  Paths paths([&](const OptionRecord& option) -> Json {
    if (!option.form.axis && option.form.kind != Is::kList) return nullptr;
    return forms.axis(option.form);
  });
  paths.add(experiment.options, {});
  paths.add_leaves();
  return paths.schema(experiment.options);
}

Json set_schema(const Form& experiment, const FormSchema& forms) {
  Paths paths([&](const OptionRecord& option) -> Json {
    return option.path == "extends" ? Json() : forms.field(option);
  });
  paths.add(experiment.options, {});
  paths.add_leaves();
  Json schema = paths.schema(experiment.options);
  schema["patternProperties"]["^grid\\."] = {{"type", "array"}, {"minItems", 1}};
  return schema;
}

}  // namespace nnrun

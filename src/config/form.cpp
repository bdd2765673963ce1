#include "config/form.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace nnrun {

namespace {

using Kind = Form::Kind;

Form form_of(Kind kind, const std::string& words = {}) {
  Form form;
  form.kind = kind;
  form.words = words;
  return form;
}

std::string with_article(const std::string& noun) {
  const bool vowel = std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return fmt::format("{} {}", vowel ? "an" : "a", noun);
}

/// "{height: …, width: …}".
std::string keys_text(const std::vector<OptionRecord>& options) {
  std::vector<std::string> keys;
  for (const OptionRecord& option : options) keys.push_back(option.path + ": …");
  return fmt::format("{{{}}}", fmt::join(keys, ", "));
}

bool are_words(const std::vector<Form>& parts) {
  return std::all_of(parts.begin(), parts.end(),
                     [](const Form& part) { return part.kind == Kind::kWord; });
}

/// "never | once", "'full' or a whole number ≥ 1", "a real number > 0, or a schedule".
std::string alternatives(const std::vector<Form>& parts) {
  std::string text;
  const bool words = are_words(parts);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += words ? " | " : parts[i - 1].kind == Kind::kWord ? " or " : ", or ";
    text += words ? parts[i].name : parts[i].text();
  }
  return text;
}

}  // namespace

std::string Form::text() const {
  if (!words.empty()) return words;
  switch (kind) {
    case Kind::kReal: return real.text();
    case Kind::kWhole: return whole.text();
    case Kind::kBoolean: return "true | false";
    case Kind::kText:
    case Kind::kScalar: return "text";
    case Kind::kWord: return "'" + name + "'";
    case Kind::kLeaf: return name.empty() ? "a name, or a name with options" : with_article(name);
    case Kind::kList: return "a list, each item " + parts.front().text();
    case Kind::kMapping: return options.empty() ? "a mapping" : keys_text(options);
    case Kind::kNames:
    case Kind::kPaths: return "a mapping";
    case Kind::kEither: return alternatives(parts);
  }
  return {};
}

Form real_form(const RealBounds& bounds) {
  Form form = form_of(Kind::kReal);
  form.real = bounds;
  return form;
}

Form whole_form(const WholeBounds& bounds) {
  Form form = form_of(Kind::kWhole);
  form.whole = bounds;
  return form;
}

Form boolean_form() { return form_of(Kind::kBoolean); }

Form text_form(const std::string& words, const std::string& pattern) {
  Form form = form_of(Kind::kText, words);
  form.pattern = pattern;
  return form;
}

Form scalar_form(const std::string& words) { return form_of(Kind::kScalar, words); }

Form word_form(const std::string& word) {
  Form form = form_of(Kind::kWord);
  form.name = word;
  return form;
}

Form choice_form(const std::vector<std::string>& words) {
  std::vector<Form> parts;
  for (const std::string& word : words) parts.push_back(word_form(word));
  return either(std::move(parts));
}

Form leaf_form(const std::string& kind, const std::string& words) {
  Form form = form_of(Kind::kLeaf, words);
  form.name = kind;
  return form;
}

Form list_form(Form item, const WholeBounds& count) {
  Form form = form_of(Kind::kList);
  form.parts.push_back(std::move(item));
  form.whole = count;
  form.axis = false;
  return form;
}

Form mapping_form() { return form_of(Kind::kMapping); }

Form names_form(const std::string& words, Form value) {
  Form form = form_of(Kind::kNames, words);
  form.parts.push_back(std::move(value));
  return form;
}

Form paths_form(const std::string& key, const std::string& words) {
  Form form = form_of(Kind::kPaths, words);
  form.name = key;
  form.axis = false;
  return form;
}

Form either(std::vector<Form> parts, const std::string& words) {
  Form form = form_of(Kind::kEither, words);
  form.parts = std::move(parts);
  return form;
}

Form folder_name_form() { return text_form({}, "^(?![.-])[A-Za-z0-9_.-]{1,100}$"); }

}  // namespace nnrun

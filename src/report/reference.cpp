#include "report/reference.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/kinds.h"
#include "report/equations.h"
#include "report/markdown.h"

namespace nnrun {

namespace {

constexpr const char* kHead =
    "# What an experiment file may name\n\n"
    "Made by `nnrun list --markdown`, not written by hand; to renew it:\n\n"
    "```sh\n"
    "build/nnrun list --markdown >configs/REFERENCE.md\n"
    "```\n\n"
    "Each of these is written as its name, or as its name with options: `sigmoid`, "
    "`dense: {units: 64}`. An\noption without a default must be given. Sources, shapes and units "
    "stand at the beginning of `src/KIND/NAME.cpp`.\n";

/// "Layers", linked to from the list at the top as #layers.
std::string title(const Kind& kind) {
  std::string text = kind.name;
  text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

std::string contents(const std::vector<Kind>& all) {
  std::string text = "\n";
  for (const Kind& kind : all) {
    std::string names;
    for (const LeafFacts& leaf : kind.leaves()) {
      names += (names.empty() ? "" : ", ") + markdown_code(leaf.name);
    }
    text += fmt::format("- [{}](#{}): {}\n", title(kind), kind.name, names);
  }
  return text;
}

std::string options_table(const std::vector<OptionRecord>& options) {
  if (options.empty()) return "No options.\n";
  std::string text = markdown_header({"option", "accepted", "default"});
  for (const OptionRecord& option : options) {
    text += markdown_row(
        {option.path, option.form.text(), option.required() ? "required" : option.default_value});
  }
  return text;
}

std::string section(const Kind& kind, const LeafFacts& leaf) {
  std::string text = fmt::format("\n### {}\n\n{}\n\n", leaf.name, markdown_text(leaf.summary));
  const auto lines = equations(kind.name, leaf.name).all();
  if (!lines.empty()) text += fmt::format("```text\n{}\n```\n\n", fmt::join(lines, "\n"));
  if (!leaf.options.empty()) text += fmt::format("Example: {}\n\n", markdown_code(leaf.example));
  return text + options_table(leaf.options);
}

std::string section(const Kind& kind) {
  std::string text = fmt::format("\n## {}\n\nWhere: {}.\n", title(kind), kind.place);
  if (!kind.besides.empty()) text += fmt::format("\nAlso: {}.\n", kind.besides);
  for (const LeafFacts& leaf : kind.leaves()) text += section(kind, leaf);
  return text;
}

}  // namespace

std::string reference() {
  std::string text = kHead + contents(kinds());
  for (const Kind& kind : kinds()) text += section(kind);
  return text;
}

}  // namespace nnrun

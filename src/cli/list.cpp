#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "core/kinds.h"
#include "report/equations.h"
#include "report/reference.h"
#include "report/table.h"

namespace nnrun {

namespace {

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const Kind& kind : kinds()) names.push_back(kind.name);
  return names;
}

const Kind& find_kind(const std::string& name) {
  for (const Kind& kind : kinds()) {
    if (kind.name == name || kind.one == name) return kind;
  }
  throw Error(fmt::format("no kind '{}'{}", printable(name),
                          suggestion_and_all(name, kind_names(), "kinds")));
}

void print_kind(const Kind& kind) {
  std::vector<std::vector<std::string>> rows = {{kind.name, ""}};
  for (const LeafFacts& leaf : kind.leaves()) rows.push_back({"  " + leaf.name, leaf.summary});
  if (!kind.besides.empty()) rows.push_back({"  …", kind.besides});
  fmt::print("{}", table(rows));
}

void print_leaf(const Kind& kind, const std::string& name) {
  std::vector<std::string> names;
  for (const LeafFacts& leaf : kind.leaves()) {
    names.push_back(leaf.name);
    if (leaf.name != name) continue;
    fmt::print("{}: {}\n", leaf.name, leaf.summary);
    for (const std::string& line : equations(kind.name, name).all()) fmt::print("  {}\n", line);
    fmt::print("example: {}\n", leaf.example);
    if (leaf.options.empty()) fmt::print("no options\n");
    std::vector<std::vector<std::string>> rows = {{"option", "accepted", "default"}};
    for (const OptionRecord& option : leaf.options) {
      rows.push_back(
          {option.path, option.form.text(), option.required() ? "required" : option.default_value});
    }
    if (rows.size() > 1) fmt::print("{}", table(rows));
    return;
  }
  throw Error(fmt::format("no '{}' among the {}{}", printable(name), kind.name,
                          suggestion_and_all(name, names, "known")));
}

struct ListArguments {
  std::string kind;
  std::string name;
  bool markdown = false;
};

ExitStatus list(const ListArguments& arguments) {
  if (arguments.markdown) {
    fmt::print("{}", reference());
  } else if (arguments.kind.empty()) {
    for (const Kind& each : kinds()) print_kind(each);
  } else if (arguments.name.empty()) {
    print_kind(find_kind(arguments.kind));
  } else {
    print_leaf(find_kind(arguments.kind), arguments.name);
  }
  return ExitStatus::kDone;
}

}  // namespace

Command list_command() {
  return {"list", "what is registered (layers, losses, optimizers, …), and the options of one",
          "Examples:\n"
          "  nnrun list\n"
          "  nnrun list initializers\n"
          "  nnrun list layers dense\n"
          "  nnrun list --markdown >configs/REFERENCE.md\n",
          [](CLI::App& app) {
            auto arguments = std::make_shared<ListArguments>();
            auto* kind = app.add_option("KIND", arguments->kind,
                                        fmt::format("{}", fmt::join(kind_names(), ", ")));
            app.add_option("NAME", arguments->name, "one of them, to see its options")->needs(kind);
            app.add_flag("--markdown", arguments->markdown, "the whole reference, in Markdown")
                ->excludes(kind);
            return [arguments] { return list(*arguments); };
          }};
}

}  // namespace nnrun

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "core/augmentation.h"
#include "core/dataset.h"
#include "core/initializer.h"
#include "core/layer.h"
#include "core/loss.h"
#include "core/metric.h"
#include "core/optimizer.h"
#include "core/quantity.h"
#include "core/registry.h"
#include "report/table.h"

namespace nnrun {

namespace {

/// A leaf as `list` shows it, whatever its kind.
struct Listed {
  std::string name;
  std::string summary;
  std::string example;
  std::vector<OptionRecord> options;
};

/// The options a leaf asks for when it is built from its own example.
template <class Interface>
std::vector<OptionRecord> options_of(const std::string& name) {
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  make_example<Interface>(name, reading);
  diagnostics.throw_if_any();
  std::vector<OptionRecord> own;
  for (const OptionRecord& option : reading.options) {
    const Path path = Path::parse(option.path);
    if (path.steps().size() == 2)
      own.push_back({path.steps()[1], option.expected, option.default_value});
  }
  return own;
}

template <class Interface>
std::vector<Listed> listed() {
  std::vector<Listed> all;
  const auto& registry = Registry<Interface>::instance();
  for (const std::string& name : registry.names()) {
    const auto* entry = registry.find(name);
    all.push_back({name, entry->summary, entry->example, options_of<Interface>(name)});
  }
  return all;
}

struct Kind {
  std::string name;  ///< plural, as the folder in src/
  std::string one;
  std::function<std::vector<Listed>()> leaves;
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> kKinds = {
      {"layers", "layer", listed<Layer>},
      {"losses", "loss", listed<Loss>},
      {"optimizers", "optimizer", listed<Optimizer>},
      {"initializers", "initializer", listed<Initializer>},
      {"metrics", "metric", listed<Metric>},
      {"datasets", "dataset", listed<Dataset>},
      {"augmentations", "augmentation", listed<Augmentation>},
      {"quantities", "quantity", listed<Quantity>},
  };
  return kKinds;
}

const Kind& find_kind(const std::string& name) {
  std::vector<std::string> names;
  for (const Kind& kind : kinds()) {
    if (kind.name == name || kind.one == name) return kind;
    names.push_back(kind.name);
  }
  throw Error(fmt::format("no kind '{}'{}; kinds: {}", printable(name), suggestion(name, names),
                          fmt::join(names, ", ")));
}

void print_kind(const Kind& kind) {
  std::vector<std::vector<std::string>> rows = {{kind.name, ""}};
  for (const Listed& leaf : kind.leaves()) rows.push_back({"  " + leaf.name, leaf.summary});
  if (kind.name == "metrics") rows.push_back({"  any loss", "measured, not trained on"});
  fmt::print("{}", table(rows));
}

void print_leaf(const Kind& kind, const std::string& name) {
  std::vector<std::string> names;
  for (const Listed& leaf : kind.leaves()) {
    names.push_back(leaf.name);
    if (leaf.name != name) continue;
    fmt::print("{}: {}\nexample: {}\n", leaf.name, leaf.summary, leaf.example);
    if (leaf.options.empty()) fmt::print("no options\n");
    std::vector<std::vector<std::string>> rows = {{"option", "accepted", "default"}};
    for (const OptionRecord& option : leaf.options) {
      rows.push_back({option.path, option.expected,
                      option.default_value.empty() ? "required" : option.default_value});
    }
    if (rows.size() > 1) fmt::print("{}", table(rows));
    return;
  }
  throw Error(
      fmt::format("no '{}' among the {}{}", printable(name), kind.name, suggestion(name, names)));
}

}  // namespace

Command list_command() {
  return {"list", "what is registered (layers, losses, optimizers, …), and the options of one",
          "Examples:\n"
          "  nnrun list\n"
          "  nnrun list initializers\n"
          "  nnrun list layers dense\n",
          [](CLI::App& app) {
            auto kind = std::make_shared<std::string>();
            auto name = std::make_shared<std::string>();
            auto* kind_option =
                app.add_option("KIND", *kind,
                               "layers, losses, optimizers, "
                               "initializers, metrics, datasets, augmentations or quantities");
            app.add_option("NAME", *name, "one of them, to see its options")->needs(kind_option);
            return [kind, name] {
              if (kind->empty()) {
                for (const Kind& each : kinds()) print_kind(each);
              } else if (name->empty()) {
                print_kind(find_kind(*kind));
              } else {
                print_leaf(find_kind(*kind), *name);
              }
              return ExitStatus::kDone;
            };
          }};
}

}  // namespace nnrun

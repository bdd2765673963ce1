// Leaves by their YAML name. A leaf's file registers it; nothing lists them centrally.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "config/options.h"
#include "config/yaml.h"

namespace nnrun {

/// All registered leaves of one kind. `Interface::kKind` is the kind's name in messages ("layer").
template <class Interface>
class Registry {
 public:
  using Factory = std::function<std::unique_ptr<Interface>(Options&)>;

  struct Entry {
    std::string name;
    std::string example;  ///< as written in YAML; feeds `list`, the schema and the gradient check
    std::string summary;  ///< one line for `nnrun list`
    Factory make;
  };

  static Registry& instance() {
    static Registry registry;
    return registry;
  }

  void add(Entry entry) {
    const std::string name = entry.name;
    if (!entries_.emplace(name, std::move(entry)).second) {
      std::fprintf(stderr, "nnrun: %s '%s' is registered twice\n", Interface::kKind, name.c_str());
      std::abort();
    }
  }

  const Entry* find(const std::string& name) const {
    const auto found = entries_.find(name);
    return found == entries_.end() ? nullptr : &found->second;
  }

  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& [name, entry] : entries_) all.push_back(name);
    return all;
  }

 private:
  std::map<std::string, Entry> entries_;
};

/// Registers a leaf when the program starts: one constant in the leaf's own file.
template <class Interface>
struct Register {
  Register(std::string name, std::string example, std::string summary,
           typename Registry<Interface>::Factory make) {
    Registry<Interface>::instance().add(
        {std::move(name), std::move(example), std::move(summary), std::move(make)});
  }
};

/// Reports that nothing of this kind has the name written at `leaf`.
template <class Interface>
void report_unknown(const LeafText& leaf, const std::vector<std::string>& names) {
  leaf.slot.reading->diagnostics.add(
      leaf.slot.node->mark, leaf.slot.path.text(),
      fmt::format("unknown {} '{}'{}", Interface::kKind, printable(leaf.name),
                  nearest(leaf.name, names) ? suggestion(leaf.name, names)
                                            : fmt::format("; known: {}", fmt::join(names, ", "))));
}

/// A leaf as built from the document.
template <class Interface>
struct Made {
  std::string name;
  Slot slot;
  std::unique_ptr<Interface> leaf;  ///< null: the mistake is in the diagnostics
};

/// Builds the leaf written at `leaf`, with every option read and every unknown one reported.
template <class Interface>
std::unique_ptr<Interface> make_leaf(const LeafText& leaf) {
  const auto& registry = Registry<Interface>::instance();
  const auto* entry = registry.find(leaf.name);
  if (entry == nullptr) {
    report_unknown<Interface>(leaf, registry.names());
    return nullptr;
  }
  const Slot body{leaf.body, leaf.path, leaf.slot.reading};
  if (!leaf.body->is_mapping()) {
    body.expected(fmt::format("a mapping of options (key: value) as in '{}'", entry->example));
    return nullptr;
  }
  Options options(body);
  auto made = entry->make(options);
  options.finish();
  finish_leaf(leaf);
  return made;
}

template <class Interface>
Made<Interface> make(const Slot& slot) {
  slot.note_kind(Interface::kKind);
  const auto leaf = read_leaf(slot);
  if (!leaf) return {"", slot, nullptr};
  return {leaf->name, slot, make_leaf<Interface>(*leaf)};
}

/// The leaf of this name, which is registered, as its own example builds it; what was asked for is in
/// `reading`.
template <class Interface>
std::unique_ptr<Interface> make_example(const std::string& name, Reading& reading) {
  const std::string& example = Registry<Interface>::instance().find(name)->example;
  reading.opens_files = false;
  auto node = parse_yaml(example, "example of " + name, reading.diagnostics);
  return node ? make<Interface>({&*node, {}, &reading}).leaf : nullptr;
}

/// The same where only the leaf matters; null when no leaf has this name.
template <class Interface>
std::unique_ptr<Interface> make_example(const std::string& name) {
  if (Registry<Interface>::instance().find(name) == nullptr) return nullptr;
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  return make_example<Interface>(name, reading);
}

}  // namespace nnrun

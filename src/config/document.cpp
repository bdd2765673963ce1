#include "config/document.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "config/path.h"
#include "config/yaml.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

/// `source` numbers the files in the order in which they are applied.
void merge(Node& base, Node over, int source) {
  if (!base.is_mapping() || !over.is_mapping()) {
    base = std::move(over);
    return;
  }
  base.mark = over.mark;
  for (Entry& entry : over.entries) {
    Entry* shared = base.find(entry.key);
    if (shared == nullptr) {
      base.entries.push_back(std::move(entry));
      base.entries.back().source = source;
    } else {
      shared->mark = entry.mark;
      shared->source = source;
      merge(shared->value, std::move(entry.value), source);
    }
  }
}

std::optional<Node> load_extended(const fs::path& path, std::vector<fs::path> chain, int& sources,
                                  Diagnostics& diagnostics);

/// Where `extends` leads, or nothing when it is no path or comes back to a file of the chain.
std::optional<fs::path> extended_path(const Entry& extends, const fs::path& from,
                                      const std::vector<fs::path>& chain,
                                      Diagnostics& diagnostics) {
  const Node& value = extends.value;
  if (!value.is_scalar() || value.is_plain_value() || value.text.empty()) {
    diagnostics.add(value.mark, "extends",
                    "expected the path of another file, got " + describe(value));
    return std::nullopt;
  }
  const fs::path path = (from.parent_path() / value.text).lexically_normal();
  std::error_code error;
  if (!fs::exists(path, error)) {
    diagnostics.add(value.mark, "extends",
                    fmt::format("no file '{}' (looked for {})", printable(value.text),
                                printable(path.string())));
    return std::nullopt;
  }
  const auto same = [&](const fs::path& seen) { return fs::equivalent(seen, path, error); };
  if (std::any_of(chain.begin(), chain.end(), same)) {
    diagnostics.add(value.mark, "extends", "the files extend each other in a circle");
    return std::nullopt;
  }
  return path;
}

std::optional<Node> load_extended(const fs::path& path, std::vector<fs::path> chain, int& sources,
                                  Diagnostics& diagnostics) {
  auto document = read_yaml(path, diagnostics);
  const Entry* extends = document ? document->find("extends") : nullptr;
  if (extends == nullptr) return document;
  chain.push_back(path);
  const auto base_path = extended_path(*extends, path, chain, diagnostics);
  if (!base_path) return std::nullopt;
  auto base = load_extended(*base_path, std::move(chain), sources, diagnostics);
  if (!base) return std::nullopt;
  document->erase("extends");
  merge(*base, std::move(*document), ++sources);
  return base;
}

/// The columns of a value count from the start of the whole `PATH=VALUE`.
void shift_marks(Node& node, int columns) {
  if (node.mark.line == 1) node.mark.column += columns;
  for (Node& item : node.items) shift_marks(item, columns);
  for (Entry& entry : node.entries) {
    if (entry.mark.line == 1) entry.mark.column += columns;
    shift_marks(entry.value, columns);
  }
}

/// A mapping of the document; null when it has none of this name.
Node* mapping_of(Node& document, const char* key) {
  Entry* entry = document.find(key);
  return entry != nullptr && entry->value.is_mapping() ? &entry->value : nullptr;
}

/// Takes away what a mapping of paths has for this one, and with its last entry the mapping.
void take_entry(Node& document, const char* key, const std::string& dotted) {
  Node* paths = mapping_of(document, key);
  if (paths == nullptr) return;
  const bool any = !paths->entries.empty();
  paths->erase(dotted);
  if (any && paths->entries.empty()) document.erase(key);
}

/// Whether a mapping of paths would replace what is set here.
bool replaces(const Node& paths, const std::string& dotted) {
  return std::any_of(paths.entries.begin(), paths.entries.end(), [&](const Entry& entry) {
    return entry.key == dotted || dotted.starts_with(entry.key + ".");
  });
}

/// `grid:`, `zip:` and `runs:` would replace what is set here. An entry of the first two for the same path gives way,
/// with its condition. The name of what does not, or nothing.
const char* left_axis(Node& document, const Path& path) {
  const std::string dotted = path.dotted();
  for (const char* key : {"grid", "zip"}) {
    if (path.steps().front() == key) return nullptr;
    take_entry(document, key, dotted);
    const Node* paths = mapping_of(document, key);
    if (paths != nullptr && replaces(*paths, dotted)) return key;
  }
  take_entry(document, "when", dotted);
  const Entry* runs = document.find("runs");
  if (runs == nullptr) return nullptr;
  const auto& rows = runs->value.items;
  return std::any_of(rows.begin(), rows.end(),
                     [&](const Node& row) { return replaces(row, dotted); })
             ? "runs"
             : nullptr;
}

/// `grid.network.0.dense.units=[16, 64]`: the keys of `grid:`, `zip:` and `when:` are dotted paths.
bool set_axis(Node& document, std::string_view where, const Node& value) {
  for (const char* key : {"grid", "zip", "when"}) {
    const std::string prefix = std::string(key) + ".";
    if (!where.starts_with(prefix)) continue;
    Node& paths = document.at(key, value.mark).value;
    if (!paths.is_mapping()) paths = Node::mapping(value.mark);
    paths.at(std::string(where.substr(prefix.size())), value.mark).value = value;
    return true;
  }
  return false;
}

void apply_override(Node& document, const Override& override, int source,
                    Diagnostics& diagnostics) {
  if (set_axis(document, override.path, override.value)) return;
  const Path path = Path::parse(override.path);
  if (!path.assign(document, override.value, source)) {
    diagnostics.add(override.mark, override.where,
                    fmt::format("there is no {} in the file", printable(path.text())));
  } else if (const char* key = left_axis(document, path)) {
    diagnostics.add(
        override.mark, override.where,
        fmt::format("{0} lies in a value of '{1}', which would replace it; set the path of "
                    "'{1}' instead",
                    printable(path.text()), key));
  }
}

std::optional<Override> parse_override(const std::string& text, Diagnostics& diagnostics) {
  const std::string where = printable("--set " + text);
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    diagnostics.add({}, where, "expected PATH=VALUE, such as learning_rate=0.7");
    return std::nullopt;
  }
  if (!is_utf8(text) || !std::all_of(text.begin(), text.end(), is_text_byte)) {
    diagnostics.add({}, where, "not UTF-8 text, or with control characters");
    return std::nullopt;
  }
  const std::string_view written = std::string_view(text).substr(equals + 1);
  if (written.find_first_not_of(" \t\n") == std::string_view::npos) {
    diagnostics.add({}, where, "no value after '='; write \"\" for empty text");
    return std::nullopt;
  }
  auto value = parse_yaml(written, where, diagnostics);
  if (!value) return std::nullopt;
  shift_marks(*value, static_cast<int>(equals) + 1);
  return Override{{}, where, text.substr(0, equals), *std::move(value)};
}

}  // namespace

std::vector<Override> parse_overrides(const std::vector<std::string>& arguments,
                                      Diagnostics& diagnostics) {
  std::vector<Override> overrides;
  for (const std::string& text : arguments) {
    if (auto override = parse_override(text, diagnostics)) {
      overrides.push_back(*std::move(override));
    }
  }
  return overrides;
}

std::optional<Node> load_document(const fs::path& path, const std::vector<Override>& overrides,
                                  Diagnostics& diagnostics) {
  int sources = 0;
  auto document = load_extended(path, {}, sources, diagnostics);
  if (!document) return std::nullopt;
  const std::size_t before = diagnostics.size();
  for (const Override& override : overrides) {
    apply_override(*document, override, ++sources, diagnostics);
  }
  if (diagnostics.size() > before) return std::nullopt;
  number_nodes(*document);
  return document;
}

}  // namespace nnrun

#include "experiment/sweep.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"
#include "config/json.h"
#include "config/path.h"

namespace nnrun {

namespace {

constexpr std::size_t kMostRuns = 100000;
constexpr std::size_t kLongestFolder = 255;  // bytes of a file name on Linux

/// Thrown when the grid is too large to go on.
struct TooManyRuns {};

std::string folder_text(const std::string& text) {
  std::string safe = text;
  // '+' is in numbers: learning_rate=1e+38.
  std::replace_if(
      safe.begin(), safe.end(), [](char c) { return !is_name_character(c) && c != '+'; }, '_');
  return safe;
}

/// All words of a structured value, joined, without the options that have their default:
/// {normal: {stddev: 0.01, mean: 0}} is "normal_stddev_0.01".
std::string words(const Node& node) {
  if (node.is_scalar()) return folder_text(node.text);
  if (node.is_sequence() && node.items.empty()) return "none";
  std::vector<std::string> parts;
  for (const Node& item : node.items) parts.push_back(words(item));
  for (const Entry& entry : node.entries) {
    if (entry.is_usual()) continue;
    parts.push_back(folder_text(entry.key));
    parts.push_back(words(entry.value));
    if (parts.back().empty()) parts.pop_back();
  }
  return fmt::format("{}", fmt::join(parts, "_"));
}

/// An axis with the value chosen from it.
struct Choice {
  Path path;
  Node written;
};

/// In its resolved form, numbers at their shortest and defaults filled in: however a value is
/// written, experiment.yaml finds the same folder again.
std::string label(const Choice& choice, const Node& resolved) {
  const Node* node = choice.path.find(resolved);
  return words(node != nullptr ? *node : choice.written);
}

std::string folder_name(const std::vector<SweptField>& fields) {
  if (fields.empty()) return "run";
  std::vector<std::string> parts;
  for (const SweptField& field : fields) {
    parts.push_back(folder_text(field.path) + "=" + field.value);
  }
  return fmt::format("{}", fmt::join(parts, ","));
}

class Expander {
 public:
  Expander(Sweep& sweep, Diagnostics& diagnostics) : sweep_(sweep), diagnostics_(diagnostics) {}

  /// Expands all axes of `document` and returns it resolved, each axis a list of resolved values.
  Node expand(const Node& document, const std::vector<Choice>& choices) {
    Reading reading(diagnostics_);
    Node resolved = document;
    auto experiment = read_experiment(resolved, reading);
    if (reading.axes.empty()) {
      add_run(resolved, choices, std::move(experiment));
      return resolved;
    }
    if (choices.empty()) check_size(reading.axes);
    const auto first =
        std::min_element(reading.axes.begin(), reading.axes.end(),
                         [](const Axis& a, const Axis& b) { return a.order < b.order; });
    return expand_axis(document, choices, *first);
  }

 private:
  Node expand_axis(const Node& document, const std::vector<Choice>& choices, const Axis& axis) {
    std::optional<Node> merged;
    Node values = Node::sequence(axis.mark);
    std::set<std::string> labels;
    Node without = document;  // the axis: it may be long, and each point has a copy
    axis.path.assign(without, Node());
    for (const Node& value : axis.values) {
      Node chosen = without;
      axis.path.assign(chosen, value);
      auto deeper = choices;
      deeper.push_back({axis.path, value});
      Node resolved = expand(chosen, deeper);
      const std::string name = label(deeper.back(), resolved);
      if (!labels.insert(name).second) {
        diagnostics_.add(value.mark, axis.path.text(),
                         fmt::format("a second value that makes the folder name '{}={}'",
                                     axis.path.dotted(), name));
      }
      if (const Node* node = axis.path.find(resolved)) values.items.push_back(*node);
      if (!merged) merged = std::move(resolved);
    }
    axis.path.assign(*merged, std::move(values));
    return *std::move(merged);
  }

  /// Refuses a grid before it is built, by the axes that every point has: those that do not lie
  /// inside a value of another axis.
  static void check_size(const std::vector<Axis>& axes) {
    std::size_t runs = 1;
    for (const Axis& axis : axes) {
      const bool inner = std::any_of(axes.begin(), axes.end(), [&](const Axis& other) {
        return other.path != axis.path && other.path.leads_to(axis.path);
      });
      if (!inner) runs *= axis.values.size();
      if (runs > kMostRuns) throw TooManyRuns{};
    }
  }

  void add_run(const Node& resolved, const std::vector<Choice>& choices,
               std::optional<Experiment> experiment) {
    if (++count_ > kMostRuns) throw TooManyRuns{};
    Run run;
    for (const Choice& choice : choices) {
      run.fields.push_back({choice.path.dotted(), label(choice, resolved)});
      note_field(run.fields.back().path);
    }
    run.folder = folder_name(run.fields);
    if (!choices.empty()) check_folder(run, choices.back());
    if (!experiment) return;
    Node own = resolved;
    own.erase("grid");
    run.configuration = to_json(own).dump();
    run.experiment = *std::move(experiment);
    sweep_.runs.push_back(std::move(run));
  }

  void note_field(const std::string& path) {
    auto& fields = sweep_.fields;
    if (std::find(fields.begin(), fields.end(), path) == fields.end()) fields.push_back(path);
  }

  void check_folder(const Run& run, const Choice& last) {
    if (run.folder.size() <= kLongestFolder) return;
    diagnostics_.add(last.written.mark, last.path.text(),
                     fmt::format("the run's folder name would have {} bytes, at most {} are "
                                 "possible: '{}'",
                                 run.folder.size(), kLongestFolder, printable(run.folder)));
  }

  Sweep& sweep_;
  Diagnostics& diagnostics_;
  std::size_t count_ = 0;
};

/// A list in the file is an axis already, but for the fields that are lists.
bool is_axis(const Path& path, const Node& document) {
  const Node* node = path.find(document);
  static const std::set<std::string> kLists = {"network", "metrics", "dataset.augment"};
  return node != nullptr && node->is_sequence() && !kLists.contains(path.dotted());
}

/// One entry of `grid:` put where its path leads.
void apply_grid_entry(Node& document, const Entry& entry, Diagnostics& diagnostics) {
  const Path path = Path::parse(entry.key);
  const std::string where = "grid." + printable(entry.key);
  if (!entry.value.is_sequence() || entry.value.items.empty()) {
    diagnostics.add(entry.value.mark, where,
                    "expected a list of values, got " + describe(entry.value));
    return;
  }
  if (is_axis(path, document)) {
    diagnostics.add(entry.mark, where,
                    "a second axis for " + path.text() + ", which is a list already");
    return;
  }
  Node axis = entry.value;
  axis.from_grid = true;
  if (path.steps().front() == "grid" || !path.assign(document, std::move(axis))) {
    diagnostics.add(entry.mark, where, "there is no " + path.text() + " in the file");
  }
}

void apply_grid(Node& document, Diagnostics& diagnostics) {
  const Entry* grid = document.is_mapping() ? document.find("grid") : nullptr;
  if (grid == nullptr) return;
  if (!grid->value.is_mapping()) {
    diagnostics.add(grid->value.mark, "grid",
                    "expected dotted paths with lists of values, got " + describe(grid->value));
    return;
  }
  const Node entries = grid->value;
  for (const Entry& entry : entries.entries) apply_grid_entry(document, entry, diagnostics);
}

/// Takes the value of `grid:` away, leaving its key: it may be long, and each point has a copy of the document.
std::optional<Node> take_grid(Node& document) {
  Entry* grid = document.is_mapping() ? document.find("grid") : nullptr;
  if (grid == nullptr) return std::nullopt;
  return std::exchange(grid->value, Node::mapping(grid->value.mark));
}

/// The axes of `grid:` stay in `grid:`, with resolved values; the field has the first of them.
void restore_grid(Node& resolved, Node grid) {
  for (Entry& entry : grid.entries) {
    const Path path = Path::parse(entry.key);
    const Node* axis = path.find(resolved);
    if (axis == nullptr || !axis->is_sequence() || axis->items.empty()) continue;
    entry.value = *axis;
    path.assign(resolved, entry.value.items.front());
  }
  resolved.at("grid", {}).value = std::move(grid);
}

void expand_into(Sweep& sweep, const Node& document, Diagnostics& diagnostics) {
  try {
    sweep.resolved = Expander(sweep, diagnostics).expand(document, {});
  } catch (const TooManyRuns&) {
    diagnostics.add(document.mark, "", fmt::format("the grid has more than {} runs", kMostRuns));
  }
}

/// Two files that would write into the same folder.
void check_names(const std::vector<Sweep>& sweeps, Diagnostics& diagnostics) {
  std::map<std::string, std::string> sources;
  for (const Sweep& sweep : sweeps) {
    const auto [first, added] = sources.emplace(sweep.name, sweep.source);
    if (added) continue;
    diagnostics.add(
        {}, printable(sweep.source),
        fmt::format("has the same name '{}' as {}", sweep.name, printable(first->second)));
  }
}

/// Whether the file is a manifest of experiments, which is then said.
bool refuse_manifest(const Node& document, const std::string& file, Diagnostics& diagnostics) {
  const Entry* experiments = document.is_mapping() ? document.find("experiments") : nullptr;
  if (experiments == nullptr || document.find("network") != nullptr) return false;
  diagnostics.add(experiments->mark, "experiments",
                  fmt::format("this is a manifest, not an experiment file; use 'nnrun batch {}'",
                              printable(file)));
  return true;
}

}  // namespace

std::string Run::value(const std::string& path) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const SweptField& field) { return field.path == path; });
  return found == fields.end() ? std::string() : found->value;
}

std::optional<Sweep> expand(Node document, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.size();
  Sweep sweep;
  apply_grid(document, diagnostics);
  auto grid = take_grid(document);
  expand_into(sweep, document, diagnostics);  // though the grid be wrong: all mistakes at once
  if (diagnostics.size() > before) return std::nullopt;
  if (grid) restore_grid(sweep.resolved, *std::move(grid));
  sweep.name = sweep.runs.front().experiment.name;
  return sweep;
}

std::optional<Sweep> load_sweep(const std::string& file, const std::vector<Override>& overrides,
                                Diagnostics& diagnostics) {
  auto document = load_document(file, overrides, diagnostics);
  if (!document || refuse_manifest(*document, file, diagnostics)) return std::nullopt;
  auto sweep = expand(*std::move(document), diagnostics);
  if (sweep) sweep->source = file;
  return sweep;
}

std::vector<Sweep> load_sweeps(const std::vector<std::string>& files,
                               const std::vector<std::string>& arguments) {
  Diagnostics diagnostics;
  const auto overrides = parse_overrides(arguments, diagnostics);
  std::vector<Sweep> sweeps;
  for (const std::string& file : files) {
    if (auto sweep = load_sweep(file, overrides, diagnostics)) sweeps.push_back(*std::move(sweep));
  }
  check_names(sweeps, diagnostics);
  diagnostics.throw_if_any();
  return sweeps;
}

}  // namespace nnrun

#include "experiment/resolution.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "base/text.h"
#include "config/plain_numbers.h"
#include "config/range.h"
#include "experiment/spec.h"

namespace nnrun {

namespace {

/// A whole number is itself in its shortest form. Whether it may stand there is found out by every run of a grid, of
/// which an axis may make many.
bool is_resolved(const Node& value) {
  const auto number = plain_whole(value);
  return number && value.text == std::to_string(*number);
}

class Resolver {
 public:
  Resolver(const Study& study, Diagnostics& diagnostics)
      : study_(study), diagnostics_(diagnostics) {}

  Node resolve(const Node& document) {
    std::vector<std::size_t> joints(study_.joints.size());
    std::iota(joints.begin(), joints.end(), std::size_t{0});
    Node resolved = survey(with_first_rows(document, study_, joints), {});
    auto written = study_.written;
    restore_grid(resolved, written);
    restore_rows(document, resolved, written);
    if (written.find("vary") != nullptr) resolved.erase("seeds");
    for (Entry& entry : written.entries) resolved.at(entry.key, entry.mark).value = entry.value;
    if (study_.repeats) keep_first(resolved, Path::parse("seed"));
    return resolved;
  }

 private:
  /// The document resolved, and in it each axis that lies inside this path.
  Node survey(const Node& document, const Path& inside) {
    Reading reading(diagnostics_);
    Node resolved = document;
    read_experiment(resolved, reading);
    for (const Axis& axis : reading.axes) {
      const bool inner =
          std::any_of(reading.axes.begin(), reading.axes.end(), [&](const Axis& other) {
            return other.path != axis.path && other.path.leads_to(axis.path) &&
                   inside.leads_to(other.path) && inside != other.path;
          });
      if (inner || !inside.leads_to(axis.path)) continue;
      if (axis.path.find(document) == nullptr) {  // all folds: what follows from another field
        axis.path.erase(resolved);
        continue;
      }
      Node values = survey_axis(document, axis);
      if (!axis.between) axis.path.assign(resolved, std::move(values));
    }
    return resolved;
  }

  Node survey_axis(const Node& document, const Axis& axis) {
    Node values = Node::sequence(axis.mark);
    std::set<std::string> labels;
    Node chosen = document;
    for (const Node& value : axis.values) {
      Node resolved;
      const Node* node = &value;
      if (study_.search != nullptr || !is_resolved(value)) {
        axis.path.assign(chosen, value);
        resolved = survey(chosen, axis.path);
        node = axis.path.find(resolved);
      }
      if (node == nullptr) continue;
      const std::string name = folder_words(*node);
      if (!labels.insert(name).second) {
        diagnostics_.add(value.mark, axis.path.text(),
                         fmt::format("a second value that makes the folder name '{}={}'",
                                     axis.path.dotted(), name));
      }
      values.items.push_back(*node);
    }
    return values;
  }

  /// The axes of `grid:` stay in `grid:`, with resolved values; the field has the first of them.
  void restore_grid(Node& resolved, Node& written) {
    Entry* grid = written.find("grid");
    if (grid == nullptr || !grid->value.is_mapping()) return;
    for (Entry& entry : grid->value.entries) {
      const Path path = Path::parse(entry.key);
      if (const JointAxis* joint = conditional("grid." + printable(entry.key))) {
        entry.value = Node::sequence(entry.value.mark);
        for (const auto& row : joint->rows) {
          entry.value.items.push_back(resolved_row(resolved, row).front());
        }
        continue;
      }
      const Node* axis = path.find(resolved);
      if (axis == nullptr || !(is_range(*axis) || axis->is_sequence())) continue;
      entry.value = *axis;
      keep_first(resolved, path);
    }
  }

  const JointAxis* conditional(const std::string& key) const {
    const auto found = std::find_if(study_.joints.begin(), study_.joints.end(),
                                    [&](const JointAxis& joint) { return joint.key == key; });
    return found == study_.joints.end() ? nullptr : &*found;
  }

  /// The columns of `zip:` and the rows of `runs:`, with resolved values. What the rows give a field is no value of its
  /// own, as others may not have it: it has again what the file says.
  void restore_rows(const Node& document, Node& resolved, Node& written) {
    for (const JointAxis& joint : study_.joints) {
      if (joint.when) continue;
      Entry& entry = *written.find(joint.key);
      for (std::size_t r = 0; r < joint.rows.size(); ++r) {
        const auto values = resolved_row(resolved, joint.rows[r]);
        for (std::size_t f = 0; f < values.size(); ++f) {
          const std::string key = joint.rows[r][f].first.dotted();
          Node& place = joint.key == "zip" ? entry.value.find(key)->value.items[r]
                                           : entry.value.items[r].find(key)->value;
          place = values[f];
        }
      }
    }
    for (const JointAxis& joint : study_.joints) {
      if (joint.key != "runs") continue;
      for (const auto& row : joint.rows) {
        for (const auto& [path, value] : row) put_back(document, resolved, path);
      }
    }
  }

  static void put_back(const Node& document, Node& resolved, const Path& path) {
    if (const Node* node = path.find(document)) {
      path.assign(resolved, *node);
    } else {
      path.erase(resolved);
    }
  }

  /// The values of a row as a run has them; as they are written where they fit into no run that is read here.
  static std::vector<Node> resolved_row(const Node& base, const JointAxis::Row& row) {
    Diagnostics nobodys;
    Reading reading(nobodys);
    Node document = base;
    const bool fits = apply(row, document);
    if (fits) read_experiment(document, reading);
    std::vector<Node> values;
    for (const auto& [path, value] : row) {
      const Node* node = fits && nobodys.empty() ? path.find(document) : nullptr;
      values.push_back(node != nullptr ? *node : value);
    }
    return values;
  }

  static void keep_first(Node& resolved, const Path& path) {
    const Node* axis = path.find(resolved);
    if (axis == nullptr) return;
    if (axis->is_sequence() && !axis->items.empty()) {
      path.assign(resolved, Node(axis->items.front()));
    } else if (is_range(*axis)) {
      path.assign(resolved, Node(axis->entries.front().value.find("from")->value));
    }
  }

  const Study& study_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::string folder_text(const std::string& text) {
  std::string safe = text;
  // '+' is in numbers: learning_rate=1e+38.
  std::replace_if(
      safe.begin(), safe.end(), [](char c) { return !is_name_character(c) && c != '+'; }, '_');
  return safe;
}

std::string folder_words(const Node& node) {
  if (node.is_scalar()) return folder_text(node.text);
  if (node.is_sequence() && node.items.empty()) return "none";
  std::vector<std::string> parts;
  for (const Node& item : node.items) parts.push_back(folder_words(item));
  for (const Entry& entry : node.entries) {
    if (entry.is_usual()) continue;
    parts.push_back(folder_text(entry.key));
    parts.push_back(folder_words(entry.value));
    if (parts.back().empty()) parts.pop_back();
  }
  return fmt::format("{}", fmt::join(parts, "_"));
}

Node resolve(const Node& document, const Study& study, Diagnostics& diagnostics) {
  return Resolver(study, diagnostics).resolve(document);
}

}  // namespace nnrun

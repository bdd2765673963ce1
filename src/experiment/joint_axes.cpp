#include "experiment/joint_axes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "config/range.h"
#include "config/reading.h"
#include "experiment/study.h"

namespace nnrun {

namespace {

/// Fields that are lists in themselves.
bool is_list_field(const Path& path) {
  static const std::set<std::string> kLists = {"network", "metrics", "confusion",
                                               "dataset.augment"};
  return kLists.contains(path.dotted());
}

class AxisReader {
 public:
  AxisReader(const Node& written, Node& document, AxisPaths& paths, Diagnostics& diagnostics)
      : written_(written), document_(document), paths_(paths), diagnostics_(diagnostics) {}

  std::vector<JointAxis> read() {
    read_zip();
    read_runs();
    read_when();
    read_grid();
    return std::move(joints_);
  }

 private:
  const Entry* written(const std::string& key) const { return written_.find(key); }

  void fail(const Mark& mark, const std::string& where, const std::string& message) {
    diagnostics_.add(mark, where, message);
  }

  /// A mapping of dotted paths, if it is one.
  const Node* paths(const std::string& key) {
    const Entry* entry = written(key);
    if (entry == nullptr || entry->value.is_mapping()) return entry ? &entry->value : nullptr;
    fail(entry->value.mark, key,
         "expected dotted paths with lists of values, got " + describe(entry->value));
    return nullptr;
  }

  /// Whether the path leads to something that the document has, or can have.
  bool leads_somewhere(const Path& path, const Node& value, const Mark& mark,
                       const std::string& where) {
    Node trial = document_;
    const auto& keys = study_keys();
    const std::string& first = path.steps().front();
    const bool own = std::find(keys.begin(), keys.end(), first) != keys.end();
    if (first == "name") {
      fail(mark, where, "one experiment has one name; its runs are told apart by their values");
      return false;
    }
    if (!own && path.assign(trial, value)) return true;
    fail(mark, where, "there is no " + path.text() + " in the file");
    return false;
  }

  void read_zip() {
    const Node* zip = paths("zip");
    if (zip == nullptr) return;
    if (zip->entries.empty()) fail(zip->mark, "zip", "expected dotted paths with lists of values");
    JointAxis joint{"zip", {}, std::nullopt, zip->mark, zip->order};
    const Entry* first = nullptr;
    for (const Entry& column : zip->entries) {
      const std::string where = "zip." + printable(column.key);
      if (!is_list(column.value, where)) continue;
      if (first == nullptr) first = &column;
      joint.rows.resize(first->value.items.size());
      if (column.value.items.size() != joint.rows.size()) {
        fail(column.value.mark, where,
             fmt::format("{}, but {} has {}; the columns of zip move together",
                         counted(column.value.items.size(), "value"), printable(first->key),
                         joint.rows.size()));
        continue;
      }
      const Path path = Path::parse(column.key);
      if (!paths_.claim(path, column.mark, where) ||
          !leads_somewhere(path, column.value.items.front(), column.mark, where)) {
        continue;
      }
      for (std::size_t row = 0; row < joint.rows.size(); ++row) {
        add_field(joint.rows[row], path, column.value.items[row], where);
      }
    }
    add_joint(std::move(joint));
  }

  void read_runs() {
    const Entry* runs = written("runs");
    if (runs == nullptr) return;
    if (!runs->value.is_sequence() || runs->value.items.empty()) {
      return fail(runs->value.mark, "runs",
                  "expected a list of rows, each of dotted paths with their values, got " +
                      describe(runs->value));
    }
    JointAxis joint{"runs", {}, std::nullopt, runs->value.mark, runs->value.order};
    const std::size_t before = diagnostics_.size();
    for (std::size_t i = 0; i < runs->value.items.size(); ++i) {
      const std::string where = fmt::format("runs[{}]", i);
      const auto row = read_pattern(runs->value.items[i], where, diagnostics_);
      if (!row) continue;
      auto& fields = joint.rows.emplace_back();
      for (const auto& [path, value] : row->fields) {
        if (paths_.claim(path, value.mark, "runs") &&
            leads_somewhere(path, value, value.mark, where)) {
          add_field(fields, path, value, where);
        }
      }
    }
    // Of rows with a mistake nothing follows, and the others would have other places than they are written at.
    if (diagnostics_.size() == before) add_joint(std::move(joint));
  }

  void add_field(JointAxis::Row& row, const Path& path, const Node& value,
                 const std::string& where) {
    if (is_range(value) || (value.is_sequence() && !is_list_field(path))) {
      return fail(value.mark, where,
                  "expected one value of " + path.text() + ", got " + describe(value));
    }
    row.emplace_back(path, value);
  }

  void add_joint(JointAxis joint) {
    std::erase_if(joint.rows, [](const auto& row) { return row.empty(); });
    if (!joint.rows.empty()) joints_.push_back(std::move(joint));
  }

  bool is_list(const Node& value, const std::string& where) {
    if (value.is_sequence() && !value.items.empty()) return true;
    fail(value.mark, where, "expected a list of values, got " + describe(value));
    return false;
  }

  void read_when() {
    const Entry* when = written("when");
    if (when == nullptr) return;
    if (!when->value.is_mapping() || when->value.entries.empty()) {
      return fail(when->value.mark, "when",
                  "expected paths of grid, each with the fields that it depends on, got " +
                      describe(when->value));
    }
    for (const Entry& entry : when->value.entries) {
      const std::string where = "when." + printable(entry.key);
      const Entry* grid = written("grid");
      if (grid == nullptr || !grid->value.is_mapping() || grid->value.find(entry.key) == nullptr) {
        fail(entry.mark, where,
             "grid has no such path; when says in which runs an axis of grid is");
        continue;
      }
      if (auto pattern = read_pattern(entry.value, where, diagnostics_)) {
        conditions_.emplace(entry.key, *std::move(pattern));
      }
    }
    for (const auto& [key, pattern] : conditions_) check_circle(key);
  }

  /// The other axes that this one's condition looks at. A part of an axis (optimizer.momentum.momentum) may depend on
  /// the whole of it (optimizer: momentum), which is not itself.
  std::vector<std::string> waits_for(const std::string& key) const {
    std::vector<std::string> others;
    for (const auto& [path, value] : conditions_.at(key).fields) {
      for (const auto& [other, pattern] : conditions_) {
        const Path axis = Path::parse(other);
        const bool whole = other == key && path != axis && path.leads_to(axis);
        if (!whole && overlap(path, axis)) others.push_back(other);
      }
    }
    return others;
  }

  /// Goes on with the chain until it comes back to its first axis. False when it does not.
  bool comes_back(std::vector<std::string>& chain, std::set<std::string>& seen) const {
    for (const std::string& other : waits_for(chain.back())) {
      const bool back = other == chain.front();
      if (!back && !seen.insert(other).second) continue;
      chain.push_back(other);
      if (back || comes_back(chain, seen)) return true;
      chain.pop_back();
    }
    return false;
  }

  /// A condition that waits for what waits for it.
  void check_circle(const std::string& key) {
    std::vector<std::string> chain = {key};
    std::set<std::string> seen;
    if (!comes_back(chain, seen)) return;
    if (*std::min_element(chain.begin(), chain.end()) != key) return;  // told once
    fail(conditions_.at(key).mark, "when." + printable(key),
         fmt::format("waits for itself: {}", fmt::join(chain, " waits for ")));
  }

  void read_grid() {
    const Node* grid = paths("grid");
    if (grid == nullptr) return;
    for (const Entry& entry : grid->entries) read_grid_axis(entry);
  }

  void read_grid_axis(const Entry& entry) {
    const Path path = Path::parse(entry.key);
    const std::string where = "grid." + printable(entry.key);
    const bool range = is_range(entry.value);
    if (!range && !is_list(entry.value, where)) return;
    const auto condition = conditions_.find(entry.key);
    if (!paths_.claim(path, entry.mark, where, condition != conditions_.end())) return;
    if (condition != conditions_.end()) {
      return add_conditional(path, entry, condition->second, where);
    }
    Node axis = entry.value;
    axis.from_grid = axis.is_sequence();
    if (!leads_somewhere(path, axis, entry.mark, where)) return;
    path.assign(document_, std::move(axis));
  }

  void add_conditional(const Path& path, const Entry& entry, const Pattern& pattern,
                       const std::string& where) {
    JointAxis joint{where, {}, pattern, entry.value.mark, entry.value.order};
    std::vector<Node> values = entry.value.items;
    if (is_range(entry.value)) {
      Node node = entry.value;
      Reading reading(diagnostics_);
      const auto range = read_range({&node, path, &reading});
      if (range && range->points == 0) {
        fail(node.mark, where, "a range with a condition needs points");
      } else if (range) {
        values = range->values(node.mark);
      }
    }
    for (const Node& value : values) joint.rows.push_back({{path, value}});
    add_joint(std::move(joint));
  }

  const Node& written_;
  Node& document_;
  AxisPaths& paths_;
  Diagnostics& diagnostics_;
  std::vector<JointAxis> joints_;
  std::map<std::string, Pattern> conditions_;  ///< of the paths of grid
};

}  // namespace

bool JointAxis::touches(const Path& path) const {
  return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
    return std::any_of(row.begin(), row.end(),
                       [&](const auto& field) { return overlap(field.first, path); });
  });
}

bool AxisPaths::claim(const Path& path, const Mark& mark, const std::string& where,
                      bool conditional) {
  const Node* node = path.find(document_);
  const bool is_list =
      node != nullptr && (is_range(*node) || (node->is_sequence() && !is_list_field(path)));
  for (const Claim& other : claimed_) {
    const bool part = (conditional && other.path.leads_to(path)) ||
                      (other.conditional && path.leads_to(other.path));
    if (other.where == where || !overlap(other.path, path)) continue;
    if (part && other.path != path) continue;
    diagnostics_.add(mark, where,
                     fmt::format("a second axis for {}, which {} has", path.text(), other.where));
    return false;
  }
  claimed_.push_back({path, where, conditional});
  if (is_list)
    diagnostics_.add(mark, where, "a second axis for " + path.text() + ", which is a list already");
  return !is_list;
}

bool overlap(const Path& one, const Path& other) {
  return one.leads_to(other) || other.leads_to(one);
}

bool apply(const JointAxis::Row& row, Node& document) {
  return std::all_of(row.begin(), row.end(),
                     [&](const auto& field) { return field.first.assign(document, field.second); });
}

std::vector<JointAxis> read_joint_axes(const Node& written, Node& document, AxisPaths& paths,
                                       Diagnostics& diagnostics) {
  return AxisReader(written, document, paths, diagnostics).read();
}

}  // namespace nnrun

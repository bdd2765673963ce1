#include "experiment/study.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/registry.h"
#include "experiment/joint_axes.h"
#include "experiment/repeat_spec.h"

namespace nnrun {

namespace {

void read_exclude(const Entry& exclude, Study& study, Diagnostics& diagnostics) {
  if (!exclude.value.is_sequence()) {
    return diagnostics.add(exclude.value.mark, "exclude",
                           "expected a list of rows, each of dotted paths with values, got " +
                               describe(exclude.value));
  }
  for (std::size_t i = 0; i < exclude.value.items.size(); ++i) {
    auto row = read_pattern(exclude.value.items[i], fmt::format("exclude[{}]", i), diagnostics);
    if (row) study.excluded.push_back(*std::move(row));
  }
}

void read_search(Entry& search, Study& study, Diagnostics& diagnostics) {
  Reading reading(diagnostics);
  study.search = make<Search>({&search.value, Path::parse("search"), &reading}).leaf;
  for (const Axis& axis : reading.axes) {
    diagnostics.add(axis.mark, axis.path.text(),
                    "expected one value, got a list; a search is no axis");
  }
}

}  // namespace

const std::vector<std::string>& study_keys() {
  static const std::vector<std::string> kKeys = {"grid",    "zip",    "runs", "when",
                                                 "exclude", "repeat", "vary", "search"};
  return kKeys;
}

void record_study(Options& top) {
  for (const std::string& key : study_keys()) top.pass_over(key);
  const Form row = paths_form("set", "dotted paths with a value each");
  const auto record = [&](const char* key, Form form) {
    form.axis = false;
    top.record_other(key, form);
  };
  record("grid", paths_form("grid", "dotted paths with lists of values"));
  record("zip", paths_form("grid", "dotted paths with lists of values that move together"));
  record("runs", list_form(row, at_least(1)));
  record("when", names_form("paths of grid, each with the fields that it depends on", row));
  record("exclude", list_form(row));
  record("repeat", whole_form(at_least(1)));
  Form vary = list_form(choice_form({"split", "init", "order"}), at_least(1));
  vary.unique = true;
  record("vary", vary);
  record("search", leaf_form(Search::kKind));
}

Node with_first_rows(const Node& document, const Study& study,
                     const std::vector<std::size_t>& pending) {
  Node complete = document;
  for (const std::size_t joint : pending) {
    if (!study.joints[joint].when) apply(study.joints[joint].rows.front(), complete);
  }
  return complete;
}

Study take_study(Node& document, Diagnostics& diagnostics) {
  Study study;
  study.written = Node::mapping(document.mark);
  if (!document.is_mapping()) return study;
  for (const std::string& key : study_keys()) {
    Entry* entry = document.find(key);
    if (entry == nullptr) continue;
    const Node empty = Node::mapping(entry->value.mark);
    study.written.at(key, entry->mark).value = std::exchange(entry->value, empty);
  }
  AxisPaths paths(document, diagnostics);
  study.joints = read_joint_axes(study.written, document, paths, diagnostics);
  study.repeats = read_repeat(study.written, document, paths, diagnostics);
  if (const Entry* exclude = study.written.find("exclude")) {
    read_exclude(*exclude, study, diagnostics);
  }
  if (Entry* search = study.written.find("search")) read_search(*search, study, diagnostics);
  return study;
}

}  // namespace nnrun

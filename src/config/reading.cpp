#include "config/reading.h"

#include <fmt/format.h>

#include <algorithm>

namespace nnrun {

void Slot::fail(const std::string& message) const {
  reading->diagnostics.add(node->mark, path.text(), message);
}

void Slot::expected(const std::string& what) const {
  fail(fmt::format("expected {}, got {}", what, describe(*node)));
}

void Slot::note_kind(std::string_view kind) const {
  if (reading == nullptr || reading->options.empty()) return;
  OptionRecord& last = reading->options.back();
  const bool open = last.form.kind == Form::Kind::kLeaf && last.form.name.empty();
  if (open && last.path == path.dotted()) last.form.name = kind;
}

Form Reading::mapping(const Path& path) const {
  Form form = mapping_form();
  const auto is_known = [&](const std::string& key) {
    return std::any_of(form.options.begin(), form.options.end(),
                       [&](const OptionRecord& option) { return option.path == key; });
  };
  for (const OptionRecord& record : options) {
    const Path below = Path::parse(record.path);
    const std::size_t depth = below.steps().size();
    if (depth != path.steps().size() + 1 || !path.leads_to(below)) continue;
    if (is_known(below.steps().back())) continue;
    form.options.push_back({below.steps().back(), record.form, record.default_value});
    Form& own = form.options.back().form;
    if (own.kind == Form::Kind::kMapping && own.options.empty()) own = mapping(below);
  }
  for (const OneOf& group : one_of) {
    if (group.path == path.dotted()) form.one_of.push_back(group.keys);
  }
  return form;
}

Slot Slot::first_of(Axis axis) const {
  Node& first = reading->first_values.emplace_back(axis.values.front());
  reading->axes.push_back(std::move(axis));
  return {&first, path, reading};
}

Slot Slot::first_of_range() const {
  const auto range = read_range(*this);
  if (!range) return {nullptr, path, reading};
  Axis axis{path, range->values(node->mark), node->mark, node->order};
  if (range->points == 0) {
    axis.between = range;
    axis.values = {range_value(range->from, node->mark), range_value(range->to, node->mark)};
  }
  return first_of(std::move(axis));
}

Slot Slot::single(bool of_lists) const {
  if (node != nullptr && is_range(*node)) return first_of_range();
  if (node == nullptr || !node->is_sequence()) return *this;
  if (node->items.empty()) {
    fail("an empty list; a grid axis needs at least one value");
    return {nullptr, path, reading};
  }
  for (const Node& item : node->items) {
    const bool many = is_range(item) || (item.is_sequence() && !of_lists);
    if (!many) continue;
    reading->diagnostics.add(item.mark, path.text(),
                             is_range(item) ? "a range is an axis of its own, no value of another"
                                            : "expected one value of a grid axis, got a list");
    return {nullptr, path, reading};
  }
  return first_of({path, node->items, node->mark, node->order});
}

Form form_read_by(const std::function<void(const Slot&)>& read) {
  Diagnostics mistakes;  // of an empty mapping: nobody's
  Reading reading(mistakes);
  reading.opens_files = false;
  Node empty = Node::mapping();
  read({&empty, {}, &reading});
  return reading.mapping({});
}

}  // namespace nnrun

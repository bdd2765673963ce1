#include "config/options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "config/plain_numbers.h"
#include "config/yaml.h"

namespace nnrun {

namespace {

std::optional<Node> number_node(std::optional<double> value) {
  return value ? std::optional(Node::scalar(shortest(*value))) : std::nullopt;
}

std::optional<Node> name_node(const std::optional<std::string>& name) {
  return name ? std::optional(Node::scalar(*name)) : std::nullopt;
}

/// A leaf as a default, `zeros` or `constant: {value: 1}`.
std::optional<Node> leaf_node(const std::optional<std::string>& leaf) {
  if (!leaf || leaf->find(':') == std::string::npos) return name_node(leaf);
  Diagnostics none;
  return parse_yaml(*leaf, "default", none);
}

/// The option that was asked for last may be left out, though it is there.
void note_optional(const Slot& slot) {
  if (slot.reading != nullptr) slot.reading->options.back().default_value = kNoDefault;
}

}  // namespace

Options::Options(const Slot& slot)
    : slot_(slot), usable_(slot.node != nullptr && slot.node->is_mapping()) {
  if (slot.node != nullptr && !usable_) slot.expected("a mapping of options (key: value)");
}

double Options::real(const std::string& key, const RealBounds& bounds,
                     std::optional<double> fallback) {
  const Slot slot = value(key, real_form(bounds), number_node(fallback)).single();
  return slot.node == nullptr ? fallback.value_or(some_real(bounds)) : read_real(slot, bounds);
}

std::variant<double, Slot> Options::real_or_leaf(const std::string& key, const RealBounds& bounds,
                                                 const Form& leaf) {
  Slot slot = value(key, either({real_form(bounds), leaf}), std::nullopt).single();
  if (slot.node == nullptr) return some_real(bounds);
  if (slot.node->is_scalar() && slot.node->is_plain_value()) return read_real(slot, bounds);
  return slot;
}

std::int64_t Options::whole(const std::string& key, const WholeBounds& bounds,
                            std::optional<std::int64_t> fallback) {
  const auto node = fallback ? name_node(std::to_string(*fallback)) : std::nullopt;
  const Slot slot = value(key, whole_form(bounds), node).single();
  if (slot.node == nullptr) return fallback.value_or(std::max<std::int64_t>(1, bounds.least));
  return read_whole(slot, bounds, bounds.text());
}

bool Options::boolean(const std::string& key, std::optional<bool> fallback) {
  const auto node = fallback ? name_node(*fallback ? "true" : "false") : std::nullopt;
  const Slot slot = value(key, boolean_form(), node).single();
  if (slot.node == nullptr) return fallback.value_or(false);
  const bool yes = slot.node->text == "true";
  if (!slot.node->is_scalar() || slot.node->quoted || (!yes && slot.node->text != "false")) {
    slot.expected("true or false");
  }
  return yes;
}

std::string Options::text(const std::string& key, const std::optional<std::string>& fallback,
                          const Form& form) {
  auto node = name_node(fallback);
  if (node) node->quoted = true;
  const Slot slot = value(key, form, node).single();
  if (slot.node == nullptr) return fallback.value_or("");
  if (!slot.node->is_scalar() || slot.node->is_plain_value()) {
    slot.expected("text (in quotes where it looks like a number)");
  }
  return slot.node->text;
}

std::optional<std::string> Options::optional_text(const std::string& key) {
  if (has(key)) {
    auto given = text(key);
    note_optional(slot_);
    return given;
  }
  record_optional(key, text_form());
  return std::nullopt;
}

std::optional<double> Options::optional_real(const std::string& key, const RealBounds& bounds) {
  if (has(key)) {
    const double given = real(key, bounds);
    note_optional(slot_);
    return given;
  }
  record_optional(key, real_form(bounds));
  return std::nullopt;
}

std::optional<std::vector<double>> Options::optional_reals(const std::string& key,
                                                           const RealBounds& bounds) {
  const Form form = list_form(real_form(bounds), at_least(1));
  if (!has(key)) {
    record_optional(key, form);
    return std::nullopt;
  }
  std::vector<double> numbers;
  const auto items = list(key, form, true);
  note_optional(slot_);
  for (const Slot& item : items) {
    if (item.node != nullptr) numbers.push_back(read_real(item, bounds));
  }
  return numbers;
}

std::string Options::choice(const std::string& key, const std::vector<std::string>& accepted,
                            const std::optional<std::string>& fallback) {
  const Form form = choice_form(accepted);
  const Slot slot = value(key, form, name_node(fallback)).single();
  if (slot.node == nullptr) return fallback.value_or(accepted.front());
  const std::string& name = slot.node->text;
  if (slot.node->is_scalar() &&
      std::find(accepted.begin(), accepted.end(), name) != accepted.end()) {
    return name;
  }
  slot.fail(fmt::format("expected {}, got {}{}", form.text(), describe(*slot.node),
                        suggestion(name, accepted)));
  return accepted.front();
}

std::optional<std::int64_t> Options::whole_or(const std::string& key, const std::string& word,
                                              const WholeBounds& bounds, bool word_is_default) {
  const Form form = either({word_form(word), whole_form(bounds)});
  const auto fallback = word_is_default ? name_node(word) : std::nullopt;
  const Slot slot = value(key, form, fallback).single();
  if (slot.node == nullptr || (slot.node->is_scalar() && slot.node->text == word))
    return std::nullopt;
  return read_whole(slot, bounds, form.text());
}

Slot Options::place(const std::string& key, const Form& form,
                    const std::optional<std::string>& fallback) {
  return value(key, form, name_node(fallback)).single();
}

Slot Options::leaf(const std::string& key, const std::optional<std::string>& fallback) {
  return value(key, leaf_form(""), leaf_node(fallback)).single();
}

Slot Options::mapping(const std::string& key, bool required, const Form& form) {
  const auto fallback = required ? std::nullopt : std::optional(Node::mapping());
  return value(key, form, fallback).single();
}

Slot Options::optional_mapping(const std::string& key) {
  if (has(key)) {
    Slot given = mapping(key, true);
    note_optional(slot_);
    return given;
  }
  record_optional(key, mapping_form());
  return {nullptr, slot_.path / key, slot_.reading};
}

std::vector<Slot> Options::list(const std::string& key, Form form, bool required,
                                const std::vector<std::string>& fallback) {
  Node names = Node::sequence();
  for (const std::string& name : fallback) names.items.push_back(Node::scalar(name));
  if (required) form.whole.least = std::max<std::int64_t>(1, form.whole.least);
  Slot slot = value(key, form, required ? std::nullopt : std::optional(names));
  if (slot.node != nullptr && slot.node->from_grid) slot = slot.single(true);
  std::vector<Slot> items;
  if (slot.node == nullptr) return items;
  if (!slot.node->is_sequence() || (required && slot.node->items.empty())) {
    slot.expected(required ? "a list of at least one item" : "a list");
    return items;
  }
  for (std::size_t i = 0; i < slot.node->items.size(); ++i) {
    items.push_back(Slot{&slot.node->items[i], slot.path / i, slot.reading}.single());
  }
  return items;
}

bool Options::has(const std::string& key) const {
  return usable_ && slot_.node->find(key) != nullptr;
}

void Options::record_optional(const std::string& key, const Form& form) {
  know(key);
  record(key, form, kNoDefault);
}

void Options::record_one_of(const std::vector<OptionRecord>& keys) {
  std::vector<std::string> names;
  for (const OptionRecord& key : keys) {
    record_optional(key.path, key.form);
    names.push_back(key.path);
  }
  if (slot_.reading != nullptr) slot_.reading->one_of.push_back({slot_.path.dotted(), names});
}

void Options::record_other(const std::string& key, const Form& form) const {
  record(key, form, kNoDefault);
}

void Options::add_axis(const std::string& key, const std::string& beside,
                       std::int64_t count) const {
  if (has(key)) return;
  const Node& place = slot_.node->find(beside)->value;
  Node values = Node::sequence(place.mark);
  values.order = place.order;
  for (std::int64_t i = 1; i <= count; ++i) {
    values.items.push_back(Node::scalar(std::to_string(i), place.mark));
  }
  slot_.node->at(key, place.mark).value = std::move(values);
}

void Options::pass_over(const std::string& key) {
  know(key);
  if (has(key)) slot_.node->find(key)->read = true;
}

void Options::fail(const std::string& key, const std::string& message) const {
  if (!usable_) return;
  const Entry* entry = slot_.node->find(key);
  const Mark& place = entry != nullptr && entry->value.mark.file ? entry->value.mark : mark();
  slot_.reading->diagnostics.add(place, (slot_.path / key).text(), message);
}

void Options::finish() {
  if (!usable_) return;
  for (const Entry& entry : slot_.node->entries) {
    if (entry.read) continue;
    const std::string where = slot_.path.text();
    const std::string keys = known_.empty() ? std::string("there are no options here")
                                            : fmt::format("accepted: {}", fmt::join(known_, ", "));
    slot_.reading->diagnostics.add(
        entry.mark, where,
        fmt::format("unknown key '{}'{}{}{}", printable(entry.key), suggestion(entry.key, known_),
                    suggestion(entry.key, known_).empty() ? "; " : " ", keys));
  }
}

Slot Options::value(const std::string& key, const Form& form, const std::optional<Node>& fallback) {
  know(key);
  record(key, form, fallback ? to_line(*fallback) : std::string());
  Slot missing{nullptr, slot_.path / key, slot_.reading};
  if (!usable_) return missing;
  Entry* entry = slot_.node->find(key);
  if (entry == nullptr && !fallback) {
    slot_.reading->diagnostics.add(mark(), slot_.path.text(),
                                   fmt::format("missing key '{}': expected {}", key, form.text()));
    return missing;
  }
  if (entry == nullptr) {
    entry = &slot_.node->entries.emplace_back(Entry{key, mark(), *fallback, true});
    entry->value.mark = mark();
  }
  entry->read = true;
  if (fallback) entry->usual = to_line(*fallback);
  return {&entry->value, slot_.path / key, slot_.reading};
}

void Options::record(const std::string& key, const Form& form, const std::string& usual) const {
  if (slot_.reading == nullptr) return;
  slot_.reading->options.push_back({(slot_.path / key).dotted(), form, usual});
}

void Options::know(const std::string& key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.push_back(key);
}

}  // namespace nnrun

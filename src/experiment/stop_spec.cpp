#include "experiment/stop_spec.h"

#include <utility>

#include "experiment/watched_column.h"

namespace nnrun {

namespace {

Form column_form() { return text_form("a column of metrics.csv"); }

/// The column of this name, which the mistake is told of at `key` if it cannot be one.
WatchedColumn column_of(const std::string& name, const Options& options, const std::string& key,
                        const KnownColumns& columns) {
  if (columns.model == nullptr || name.empty()) return {};
  Watched watched = watched_column(name, *columns.model, columns.validates);
  if (!watched.mistake.empty()) options.fail(key, watched.mistake);
  return std::move(watched.column);
}

StopRule::Early read_early(const Slot& slot, const KnownColumns& columns) {
  Options options(slot);
  StopRule::Early early;
  const std::string name = options.text("metric", {}, column_form());
  early.metric = column_of(name, options, "metric", columns);
  constexpr std::int64_t kMostEpochs = 1'000'000'000;
  early.patience =
      static_cast<std::size_t>(options.whole("patience", whole_between(1, kMostEpochs)));
  early.min_delta = options.real("min_delta", not_negative(), 0.0);
  early.restores_best = options.choice("restore", {"last", "best"}, "last") == "best";
  options.finish();
  return early;
}

std::vector<StopRule::Target> read_targets(const Slot& slot, const KnownColumns& columns) {
  std::vector<StopRule::Target> targets;
  Options options(slot);
  if (slot.node == nullptr || !slot.node->is_mapping()) return targets;
  if (slot.node->entries.empty()) slot.expected("columns with values to reach (key: value)");
  for (const Entry& entry : slot.node->entries) {
    const std::string& name = entry.key;
    const double value = options.real(name, any_real());
    targets.push_back({column_of(name, options, name, columns), value});
  }
  return targets;
}

StopRule read_rules(const Slot& slot, const KnownColumns& columns) {
  Options options(slot);
  StopRule rule;
  if (options.has("early")) {
    rule.early = read_early(options.optional_mapping("early"), columns);
  } else {
    options.record_optional(
        "early", form_read_by([](const Slot& inside) { read_early(inside, KnownColumns{}); }));
  }
  const Form value = real_form(any_real());
  const Form targets = names_form("columns of metrics.csv with values to reach",
                                  either({value, list_form(value, at_least(1))}));
  if (options.has("at")) {
    rule.at = read_targets(options.mapping("at", true, targets), columns);
  } else {
    options.record_optional("at", targets);
  }
  rule.seconds = options.optional_real("seconds", positive());
  options.finish();
  return rule;
}

}  // namespace

StopRule read_stop(Options& options, const KnownColumns& columns) {
  if (!options.has("stop")) {
    options.record_optional(
        "stop", form_read_by([](const Slot& inside) { read_rules(inside, KnownColumns{}); }));
    return {};
  }
  const Slot slot = options.optional_mapping("stop");
  if (slot.node != nullptr && slot.node->is_mapping() && slot.node->entries.empty()) {
    slot.expected("one or more of early, at and seconds");
  }
  return read_rules(slot, columns);
}

std::optional<WatchedColumn> read_keep_best(Options& options, const KnownColumns& columns) {
  if (!options.has("keep_best")) {
    options.record_optional("keep_best", column_form());
    return std::nullopt;
  }
  const std::string name = options.text("keep_best", {}, column_form());
  return column_of(name, options, "keep_best", columns);
}

}  // namespace nnrun

#include "report/claim.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "report/measurement.h"

namespace nnrun {

namespace {

using RelationKind = Relation::Kind;

bool orders_epochs(RelationKind kind) {
  return kind == RelationKind::kBefore || kind == RelationKind::kAfter;
}

/// The text of a scalar as it is written, before reading makes it shortest.
std::string written(const Slot& mapping, const std::string& key) {
  const Entry* entry = mapping.node->is_mapping() ? mapping.node->find(key) : nullptr;
  return entry != nullptr && entry->value.is_scalar() ? entry->value.text : std::string();
}

class ClaimReader {
 public:
  ClaimReader(const Slot& slot, const std::vector<ManifestExperiment>& experiments)
      : slot_(slot), options_(slot), experiments_(experiments) {}

  /// Nothing when there is a mistake.
  std::optional<Claim> read() {
    if (!slot_.node->is_mapping()) return std::nullopt;  // which Options has reported
    const std::size_t before = slot_.reading->diagnostics.size();
    claim_.name = options_.text("name");
    if (options_.has("name") && claim_.name.empty()) options_.fail("name", "a claim needs a name");
    claim_.place = options_.text("place", "");
    claim_.text = options_.text("text");
    auto measurement = read_measurement(options_, experiments_, std::nullopt);
    if (measurement) claim_.measurement = *std::move(measurement);
    read_relation();
    read_status();
    options_.finish();
    if (slot_.reading->diagnostics.size() > before || !claim_.measurement.quantity) {
      return std::nullopt;
    }
    return std::move(claim_);
  }

 private:
  static Form number_or_measurement() {
    static const Form kOther = form_read_by([](const Slot& slot) {
      Options other(slot);
      read_measurement(other, {}, ManifestRun{});
    });
    return either({real_form(any_real()), kOther});
  }

  /// What each relation takes.
  static const std::vector<OptionRecord>& relations() {
    static const std::vector<OptionRecord> kRelations = [] {
      std::vector<OptionRecord> all;
      const Form near =
          form_read_by([](const Slot& slot) { ClaimReader(slot, {}).read_near(slot); });
      for (const std::string& name : relation_names()) {
        all.push_back({name, name == "near" ? near : number_or_measurement(), {}});
      }
      return all;
    }();
    return kRelations;
  }

  void read_relation() {
    options_.record_one_of(relations());
    std::vector<std::string> given;
    for (const std::string& name : relation_names()) {
      if (options_.has(name)) given.push_back(name);
      if (!options_.has(name) || given.size() > 1) options_.pass_over(name);
    }
    if (given.empty()) {
      slot_.fail(fmt::format("no relation; expected one of {}", fmt::join(relation_names(), ", ")));
      return;
    }
    for (std::size_t i = 1; i < given.size(); ++i) {
      options_.fail(given[i],
                    fmt::format("a second relation beside '{}'; a claim has one", given.front()));
    }
    read_relation(given.front());
  }

  void read_relation(const std::string& name) {
    const auto& names = relation_names();
    Relation& relation = claim_.relation;
    relation.kind =
        static_cast<RelationKind>(std::find(names.begin(), names.end(), name) - names.begin());
    if (relation.kind == RelationKind::kNear) {
      read_near(options_.place(name, relations().front().form));
    } else {
      read_bound(options_, name);
    }
    check_units(name);
  }

  void read_near(const Slot& slot) {
    Options near(slot);
    if (slot.node == nullptr || !slot.node->is_mapping()) return;
    read_bound(near, "value");
    claim_.relation.written_tolerance = written(slot, "tolerance");
    claim_.relation.tolerance = near.real("tolerance", not_negative());
    near.finish();
  }

  /// A number, or a quantity of another run.
  void read_bound(Options& options, const std::string& key) {
    const Form form = number_or_measurement();
    const Slot slot = options.place(key, form);
    if (slot.node == nullptr) return;
    if (slot.node->is_mapping()) return read_other(slot);
    const auto value =
        slot.node->is_scalar() && !slot.node->quoted ? parse_real(slot.node->text) : std::nullopt;
    if (!value) slot.expected(form.text());
    claim_.relation.written = slot.node->text;
    claim_.relation.value = value.value_or(0);
  }

  void read_other(const Slot& slot) {
    Options other(slot);
    const Measurement& own = claim_.measurement;
    // With a mistake in the claim's own run, what is left out here cannot be known.
    if (!own.quantity && !(other.has("experiment") && other.has("run"))) return;
    claim_.relation.other =
        read_measurement(other, experiments_, own.quantity ? std::optional(own.of) : std::nullopt);
    other.finish();
  }

  void check_units(const std::string& name) const {
    const auto& own = claim_.measurement.quantity;
    const auto& other = claim_.relation.other;
    if (!own) return;
    if (orders_epochs(claim_.relation.kind) && own->unit() != Unit::kEpochs) {
      options_.fail(name, fmt::format("orders epochs, and '{}' is none; use less_than or more_than",
                                      claim_.measurement.text));
    } else if (other && other->quantity->unit() != own->unit()) {
      options_.fail(name, fmt::format("compares epochs with something else: '{}' and '{}'",
                                      claim_.measurement.text, other->text));
    }
  }

  void read_status() {
    claim_.contested =
        options_.choice("status", {"expected", "contested"}, "expected") == "contested";
    claim_.reason = options_.optional_text("reason").value_or("");
    if (claim_.contested && claim_.reason.empty()) {
      options_.fail("status", "a contested claim needs a 'reason'");
    } else if (!claim_.contested && options_.has("reason")) {
      options_.fail("reason", "only a contested claim has a reason; add 'status: contested'");
    }
  }

  const Slot& slot_;
  Options options_;
  const std::vector<ManifestExperiment>& experiments_;
  Claim claim_;
};

}  // namespace

bool Relation::holds(double measured, double bound) const {
  switch (kind) {
    case RelationKind::kNear: return is_near(measured, bound, tolerance);
    case RelationKind::kAtLeast: return measured >= bound;
    case RelationKind::kAtMost: return measured <= bound;
    case RelationKind::kMoreThan:
    case RelationKind::kAfter: return measured > bound;
    case RelationKind::kLessThan:
    case RelationKind::kBefore: return measured < bound;
  }
  return false;
}

const std::vector<std::string>& relation_names() {
  static const std::vector<std::string> kNames = {"near",      "at_least", "at_most", "more_than",
                                                  "less_than", "before",   "after"};
  return kNames;
}

std::vector<Claim> read_claims(Options& manifest,
                               const std::vector<ManifestExperiment>& experiments) {
  const Form form = form_read_by([](const Slot& slot) { ClaimReader(slot, {}).read(); });
  std::vector<Claim> claims;
  std::map<std::string, int> lines;  // where each name was first given
  for (const Slot& slot : manifest.list("claims", list_form(form), false)) {
    if (slot.node == nullptr) continue;
    const Entry* name = slot.node->is_mapping() ? slot.node->find("name") : nullptr;
    auto claim = ClaimReader(slot, experiments).read();
    if (claim) claims.push_back(*std::move(claim));
    if (name == nullptr || !name->value.is_scalar()) continue;
    const auto [first, added] = lines.emplace(name->value.text, name->value.mark.line);
    if (added) continue;
    slot.reading->diagnostics.add(name->value.mark, (slot.path / "name").text(),
                                  fmt::format("a second claim '{}'; the first is in line {}",
                                              printable(name->value.text), first->second));
  }
  return claims;
}

}  // namespace nnrun

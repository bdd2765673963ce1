#include "report/claim_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace nnrun {

namespace {

constexpr const char* kNoFigure = "–";
constexpr int kFewestDigits = 4;
constexpr int kMostDigits = 17;

/// What stands before the bound.
const char* sign(Relation::Kind kind) {
  switch (kind) {
    case Relation::Kind::kNear: return "";
    case Relation::Kind::kAtLeast: return "≥ ";
    case Relation::Kind::kAtMost: return "≤ ";
    case Relation::Kind::kMoreThan: return "> ";
    case Relation::Kind::kLessThan: return "< ";
    case Relation::Kind::kBefore: return "before ";
    case Relation::Kind::kAfter: return "after ";
  }
  return "";
}

/// Digits after the point of a decimal number as it is written.
int digits(const std::string& number) {
  const auto point = number.find('.');
  if (point == std::string::npos) return 0;
  const auto end = number.find_first_not_of("0123456789", point + 1);
  return static_cast<int>(std::min(end, number.size()) - point - 1);
}

std::string rounded(double value, Unit unit, int places) {
  if (!std::isfinite(value) || unit == Unit::kEpochs) return shortest(value);
  return fmt::format("{:.{}f}", value, places);
}

/// As many digits as the claim has, and more where rounding would change the verdict.
int places(const Claim& claim, const Judgement& judgement) {
  const Relation& relation = claim.relation;
  int count =
      std::max({kFewestDigits, digits(relation.written), digits(relation.written_tolerance)});
  if (!judgement.measured || !judgement.bound) return count;
  const bool holds = relation.holds(*judgement.measured, *judgement.bound);
  const auto shown = [&](double value) {
    return parse_real(fmt::format("{:.{}f}", value, count)).value_or(value);
  };
  // A number of the claim is shown as it is written, another measurement rounded alike.
  const auto changed = [&] {
    const double bound = relation.other ? shown(*judgement.bound) : *judgement.bound;
    return relation.holds(shown(*judgement.measured), bound) != holds;
  };
  while (count < kMostDigits && changed()) ++count;
  return count;
}

/// "learning_rate=1", "task1", "task1 learning_rate=1", or the name of another quantity of this run.
std::string other_text(const Manifest& manifest, const Claim& claim) {
  const Measurement& other = *claim.relation.other;
  const ManifestRun& own = claim.measurement.of;
  if (other.of == own) return other.text.substr(0, other.text.find(':'));
  if (other.of.experiment != own.experiment) return run_text(manifest, other.of);
  return manifest.experiments[own.experiment].sweep.runs[other.of.run].folder;
}

}  // namespace

std::string run_text(const Manifest& manifest, const ManifestRun& run) {
  const ManifestExperiment& experiment = manifest.experiments[run.experiment];
  const auto& runs = experiment.sweep.runs;
  return runs.size() == 1 ? experiment.key : experiment.key + " " + runs[run.run].folder;
}

std::string reported_cell(const Manifest& manifest, const Claim& claim,
                          const Judgement& judgement) {
  const Relation& relation = claim.relation;
  std::string bound = relation.written;
  if (relation.other) {
    const int count = places(claim, judgement);
    bound = fmt::format("{} ({})", other_text(manifest, claim),
                        judgement.bound
                            ? rounded(*judgement.bound, relation.other->quantity->unit(), count)
                            : kNoFigure);
  }
  const bool margin = relation.kind == Relation::Kind::kNear && relation.tolerance > 0;
  return sign(relation.kind) + bound + (margin ? " ± " + relation.written_tolerance : "");
}

std::string measured_cell(const Claim& claim, const Judgement& judgement) {
  if (!judgement.measured) return {};
  return rounded(*judgement.measured, claim.measurement.quantity->unit(), places(claim, judgement));
}

}  // namespace nnrun

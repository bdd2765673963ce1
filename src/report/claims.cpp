#include "report/claims.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "experiment/run_state.h"
#include "experiment/stored_run.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

/// A run of the tree: its curves, or why there are none.
struct Found {
  std::optional<Curves> curves;
  std::string why;
};

/// Curves of a finished run only when it was trained as it is configured now.
Found find(const fs::path& folder, const Run& run) {
  const RunState state = run_state(folder, run);
  const auto lines = fmt::format("{}", fmt::join(state.differences, "; "));
  switch (state.kind) {
    case RunState::Kind::kFinished: return {read_stored_run(folder / run.folder).curves, ""};
    case RunState::Kind::kOther: return {{}, "finished with another configuration: " + lines};
    case RunState::Kind::kDamaged: return {{}, "finished, but not whole: " + lines};
    case RunState::Kind::kFailed: return {{}, "failed: " + state.message};
    case RunState::Kind::kInterrupted:
    case RunState::Kind::kMissing: break;
  }
  return {{}, "not finished"};
}

/// Reads each run once.
class Judge {
 public:
  Judge(const Manifest& manifest, const fs::path& results)
      : manifest_(manifest), results_(results) {}

  Judgements judge() {
    Judgements all;
    for (const Claim& claim : manifest_.claims) all.of_claims.push_back(judge(claim));
    for (const auto& [run, found] : runs_) {
      if (!found.curves) all.missing.push_back({run, found.why});
    }
    return all;
  }

 private:
  Judgement judge(const Claim& claim) {
    const Relation& relation = claim.relation;
    const Found& own = run(claim.measurement.of);
    const Found& other = relation.other ? run(relation.other->of) : own;
    Judgement judgement;
    if (own.curves) judgement.measured = claim.measurement.quantity->value(*own.curves);
    if (!relation.other) {
      judgement.bound = relation.value;
    } else if (other.curves) {
      judgement.bound = relation.other->quantity->value(*other.curves);
    }
    const bool results = own.curves && other.curves;
    judgement.verdict = results ? verdict(claim, judgement) : Verdict::kNoResult;
    return judgement;
  }

  static Verdict verdict(const Claim& claim, const Judgement& judgement) {
    const bool values = judgement.measured && judgement.bound;
    const bool holds = values && claim.relation.holds(*judgement.measured, *judgement.bound);
    if (claim.contested) return holds ? Verdict::kHoldsContested : Verdict::kContested;
    if (!values) return Verdict::kNoValue;
    return holds ? Verdict::kHolds : Verdict::kFails;
  }

  const Found& run(const ManifestRun& of) {
    const auto known = runs_.find(of);
    if (known != runs_.end()) return known->second;
    const ManifestExperiment& experiment = manifest_.experiments[of.experiment];
    auto found = find(results_ / experiment.folder, experiment.sweep.runs[of.run]);
    return runs_.emplace(of, std::move(found)).first->second;
  }

  const Manifest& manifest_;
  const fs::path& results_;
  std::map<ManifestRun, Found> runs_;
};

}  // namespace

const std::string& to_text(Verdict verdict) {
  static const std::vector<std::string> kTexts = {"holds",     "fails",    "holds, contested",
                                                  "contested", "no value", "no result"};
  return kTexts[static_cast<std::size_t>(verdict)];
}

const std::vector<Verdict>& verdicts() {
  static const std::vector<Verdict> kAll = {Verdict::kHolds,          Verdict::kFails,
                                            Verdict::kHoldsContested, Verdict::kContested,
                                            Verdict::kNoValue,        Verdict::kNoResult};
  return kAll;
}

ExitStatus Judgements::status(const Manifest& manifest) const {
  for (std::size_t i = 0; i < of_claims.size(); ++i) {
    if (!manifest.claims[i].contested && of_claims[i].verdict != Verdict::kHolds) {
      return ExitStatus::kClaimFails;
    }
  }
  return ExitStatus::kDone;
}

std::size_t Judgements::count(Verdict verdict) const {
  return static_cast<std::size_t>(
      std::count_if(of_claims.begin(), of_claims.end(),
                    [&](const Judgement& judgement) { return judgement.verdict == verdict; }));
}

Judgements judge(const Manifest& manifest, const fs::path& results) {
  return Judge(manifest, results).judge();
}

}  // namespace nnrun

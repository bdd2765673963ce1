// The claims of a manifest against the results tree.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "report/manifest.h"

namespace nnrun {

enum class Verdict {
  kHolds,
  kFails,
  kHoldsContested,  ///< contested, but it holds
  kContested,       ///< contested, and it does not hold, as is known
  kNoValue,         ///< what it measures never happens, or was not measured
  kNoResult,        ///< the run is not finished as it is configured now
};

/// "holds", "fails", "holds, contested", "contested", "no value", "no result".
const std::string& to_text(Verdict verdict);

/// Every verdict, in the order of the enumeration.
const std::vector<Verdict>& verdicts();

/// What came of one claim.
struct Judgement {
  Verdict verdict = Verdict::kNoResult;
  std::optional<double> measured;
  std::optional<double>
      bound;  ///< the value that the claim names, or what is measured in its place
};

/// A run whose results cannot be used.
struct MissingRun {
  ManifestRun run;
  std::string why;  ///< "not finished", "finished with another configuration: …"
};

struct Judgements {
  std::vector<Judgement> of_claims;  ///< in the order of Manifest::claims
  std::vector<MissingRun> missing;   ///< that claims need, in the order of the manifest

  /// kClaimFails when an expected claim does not hold or cannot be judged.
  ExitStatus status(const Manifest& manifest) const;
  std::size_t count(Verdict verdict) const;
};

/// Reads the runs that the claims name from `results` and judges every claim.
Judgements judge(const Manifest& manifest, const std::filesystem::path& results);

}  // namespace nnrun

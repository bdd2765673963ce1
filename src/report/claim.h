// A claim of a manifest: what a text says of a run, as a number that can be measured.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/quantity.h"
#include "report/experiments.h"

namespace nnrun {

/// A quantity of a run.
struct Measurement {
  ManifestRun of;
  std::shared_ptr<const Quantity> quantity;
  std::string text;  ///< the quantity on one line: "final: {of: test_accuracy}"
};

/// What a claim says of its measurement: how it lies to a number or to another measurement.
struct Relation {
  enum class Kind { kNear, kAtLeast, kAtMost, kMoreThan, kLessThan, kBefore, kAfter };
  Kind kind = Kind::kNear;
  double value = 0;                  ///< when there is no `other`
  std::string written;               ///< the value as the manifest writes it
  double tolerance = 0;              ///< of kNear
  std::string written_tolerance;     ///< "0.001"
  std::optional<Measurement> other;  ///< what it is compared with instead of a value

  /// Whether it holds. With NaN it does not.
  bool holds(double measured, double bound) const;
};

/// "near", "at_least", …: the keys of a claim.
const std::vector<std::string>& relation_names();

struct Claim {
  std::string name;
  std::string place;  ///< where the text is: "V.B, figure 5(a)"
  std::string text;   ///< what it says, in its own words
  Measurement measurement;
  Relation relation;
  bool contested = false;  ///< known not to hold on the real data
  std::string reason;      ///< why, when contested
};

/// Reads the key `claims`, a list. A claim with a mistake is left out, and the mistake is reported:
/// a run, column or experiment that does not exist, no relation or two, a name given twice, …
std::vector<Claim> read_claims(Options& manifest,
                               const std::vector<ManifestExperiment>& experiments);

}  // namespace nnrun

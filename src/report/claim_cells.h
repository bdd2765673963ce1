// A claim's numbers as the table and Markdown show them.
#pragma once

#include <string>

#include "report/claims.h"

namespace nnrun {

/// "task1 learning_rate=1"; the run left out when it is the only one.
std::string run_text(const Manifest& manifest, const ManifestRun& run);

/// What the text says: "0.9919 ± 0.001", "before 50", "> task1 learning_rate=1 (0.9918)".
std::string reported_cell(const Manifest& manifest, const Claim& claim, const Judgement& judgement);

/// What was measured, rounded to the digits of the claim; empty when it does not exist.
std::string measured_cell(const Claim& claim, const Judgement& judgement);

}  // namespace nnrun

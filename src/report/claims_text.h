// Claims with their verdicts as text. The same results give the same bytes.
#pragma once

#include <string>

#include "report/claims.h"
#include "report/output_format.h"

namespace nnrun {

/// For the terminal: a row for each claim; below it the reasons of contested claims, the runs without
/// results, and how many claims came to which verdict. Measured values are rounded to what the claim
/// can tell.
std::string claims_table(const Manifest& manifest, const Judgements& judgements);

/// As RFC 4180 has it, numbers in full; a number that does not exist is an empty cell.
std::string claims_csv(const Manifest& manifest, const Judgements& judgements);

/// Numbers in full; one that does not exist is null, one that is infinite is text.
std::string claims_json(const Manifest& manifest, const Judgements& judgements);

/// A table of GitHub's Markdown, rounded as claims_table.
std::string claims_markdown(const Manifest& manifest, const Judgements& judgements);

/// In one of these formats.
std::string claims_text(const Manifest& manifest, const Judgements& judgements,
                        OutputFormat format);

/// "31 claims: 24 holds; 7 contested".
std::string verdict_counts(const Judgements& judgements);

}  // namespace nnrun

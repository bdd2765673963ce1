// What is made of a manifest's results: tables, figures and a page, in a folder of its name.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "report/claims.h"
#include "report/manifest.h"

namespace nnrun {

/// A figure that could not be drawn.
struct MissingFigure {
  std::string name;
  std::string why;
};

struct Outcomes {
  std::filesystem::path page;  ///< README.md
  std::vector<MissingFigure> missing;
};

/// Throws an Error when the folder RESULTS/NAME cannot take them: a link or a file stands there, or
/// an experiment that is not of the manifest has it.
void check_outcome(const Manifest& manifest, const std::filesystem::path& results);

/// Writes into RESULTS/NAME/, each file whole or not at all:
///   runs.csv      a row for each run of all experiments
///   claims.csv    the claims and their verdicts, when there are claims
///   figures/      NAME.svg and NAME.png of each figure, unless `draw` is false
///   README.md     one page with the verdicts, the figures and the runs
/// A figure that cannot be drawn, such as one of runs that are not finished, is left out and told.
/// The same results give the same bytes.
Outcomes write_outcome(const Manifest& manifest, const Judgements& judgements,
                       const std::filesystem::path& results, bool draw);

}  // namespace nnrun

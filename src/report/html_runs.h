// The runs of an experiment as a table of a page.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/report_source.h"

namespace nnrun {

/// The run that came out best, and by what.
struct BestRun {
  std::size_t run = 0;
  std::string by;  ///< "highest final validation accuracy"
};

/// By the first metric, or the loss where there is none, on the validation samples, or the training samples
/// where there are none. Runs that diverged are none of the best; nothing when fewer than two are left.
std::optional<BestRun> best_run(const ReportExperiment& experiment);

/// A row for each run: swept fields, status, what else differs, figures; below it their messages. Cells have their value in
/// full in data-value; each column's best is marked.
std::string html_runs(const ReportExperiment& experiment);

/// What a run is called: as run_labels says, or by its folder where that says nothing.
std::vector<std::string> html_run_names(const ReportExperiment& experiment);

/// A figure with so many digits behind the point; a large one as 1.234e+09.
std::string rounded_figure(double value, int digits);

/// "final_validation" as a person writes it.
std::string spoken_name(std::string name);

}  // namespace nnrun

// The runs of an experiment as a table of a page.
#pragma once

#include <string>
#include <vector>

#include "report/report_source.h"

namespace nnrun {

/// A row for each run: swept fields, status, what else differs, figures; below it their messages. Cells have their value in
/// full in data-value; each column's best is marked.
std::string html_runs(const ReportExperiment& experiment);

/// What a run is called: as run_labels says, or by its folder where that says nothing.
std::vector<std::string> html_run_names(const ReportExperiment& experiment);

}  // namespace nnrun

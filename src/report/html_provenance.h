// What made an experiment's results: program, machine, times and data, as a page tells it.
#pragma once

#include <string>

#include "report/report_source.h"

namespace nnrun {

/// A table from the run.json of all runs; where they differ, each value once. Empty without one.
std::string html_provenance(const ReportExperiment& experiment);

/// "2026-11-26 04:11 to 04:12 UTC": the first start and the last end of the runs; empty without one.
std::string times_text(const ReportExperiment& experiment);

}  // namespace nnrun

// The means of runs that differ in their seed alone, as a part of a page.
#pragma once

#include <string>

#include "report/html_curves.h"
#include "report/report_source.h"

namespace nnrun {

/// A table of each group's mean figures ± their standard deviations, then the mean curves with bands.
/// Empty where no two runs differ in their seed alone.
std::string html_repeats(const ReportExperiment& experiment, const CurveRoom& room,
                         const std::string& id);

}  // namespace nnrun

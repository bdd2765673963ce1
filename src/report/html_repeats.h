// The means of repeats, runs that differ in seed or fold alone, as a part of a page.
#pragma once

#include <string>

#include "report/html_curves.h"
#include "report/report_source.h"

namespace nnrun {

/// A table of each grid point's mean figures ± their standard deviations, then the mean curves with bands.
/// Empty where there are no repeats.
std::string html_repeats(const ReportExperiment& experiment, const CurveRoom& room,
                         const std::string& id);

}  // namespace nnrun

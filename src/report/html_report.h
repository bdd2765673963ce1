// The page of `nnrun report`: one HTML file that needs nothing else.
#pragma once

#include <string>

#include "report/report_source.h"

namespace nnrun {

/// The whole file. With `refresh` seconds ≥ 1 it is of runs in training and loads itself anew. The same
/// source gives the same bytes.
std::string html_report(const ReportSource& source, int refresh = 0);

}  // namespace nnrun

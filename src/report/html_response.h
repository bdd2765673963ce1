// What a sweep's learning rates came to.
#pragma once

#include <string>

#include "report/report_source.h"

namespace nnrun {

/// A diagram for each measure: its final value over the learning rate, on a logarithmic axis. Runs that
/// differ in the learning rate alone are joined by a line; one that diverged is a cross at the edge. Empty
/// where fewer than two runs have different rates.
std::string html_response(const ReportExperiment& experiment, const std::string& id);

}  // namespace nnrun

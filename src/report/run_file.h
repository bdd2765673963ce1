// The files of a run that a page shows, as they were written.
#pragma once

#include <functional>
#include <string>

#include "report/report_source.h"

namespace nnrun {

/// What `show` makes of the bytes of one of the run's files: empty where the run has none of this name, a note
/// where it is not what was written.
std::string html_of_file(const ReportRun& run, const std::string& name,
                         const std::function<std::string(const std::string&)>& show);

}  // namespace nnrun

// A file of a finished run, where it is still what the run wrote.
#pragma once

#include <optional>
#include <string>

#include "report/report_source.h"

namespace nnrun {

/// Its bytes; nothing when the run has none of this name, or is not finished, or the file has another
/// SHA-256 than run.json says.
std::optional<std::string> run_file(const ReportRun& run, const std::string& name);

}  // namespace nnrun

// What tables say of runs that did not just learn.
#pragma once

#include <string>
#include <vector>

#include "experiment/stored_run.h"

namespace nnrun {

/// Adds to the runs' messages what runs.csv has there of their sweep: experiment/rate_comparison.h.
void add_comparisons(const std::vector<StoredRun*>& runs);

/// What stands below a table: an empty line, then "NAME: MESSAGE" for each message that is not empty; nothing
/// when all are.
std::string remark_lines(const std::vector<std::string>& names,
                         const std::vector<std::string>& messages);

}  // namespace nnrun

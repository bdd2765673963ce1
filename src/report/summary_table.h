// The runs of an experiment as a table, the best of each column marked.
#pragma once

#include <string>
#include <vector>

#include "experiment/sweep.h"
#include "experiment/tables.h"

namespace nnrun {

/// One line for each run: its name, status, last and best figures, test figures; in blocks where that
/// is wider than a terminal. '*' marks the best run of a column when there are several. Below it the message
/// of each run that has one.
std::string summary_table(const Sweep& sweep, const std::vector<RunRow>& rows);

}  // namespace nnrun

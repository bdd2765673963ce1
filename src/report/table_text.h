// A table for a terminal.
#pragma once

#include <string>

#include "report/output_table.h"

namespace nnrun {

/// Aligned columns; names of one group share a heading. What is wider than 100 columns is cut into blocks
/// that each begin with the first column.
std::string table_text(const OutputTable& output);

}  // namespace nnrun

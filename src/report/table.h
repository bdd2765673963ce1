// Tables for the terminal.
#pragma once

#include <string>
#include <vector>

namespace nnrun {

/// Rows in aligned columns, two blanks apart; the first row is the header. A column of numbers is
/// aligned to the right. Each cell is made printable.
std::string table(const std::vector<std::vector<std::string>>& rows);

}  // namespace nnrun

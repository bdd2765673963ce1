#include "report/table.h"

#include <algorithm>

#include "base/text.h"

namespace nnrun {

namespace {

bool is_number(const std::string& cell) {
  return cell.empty() || cell == "nan" || cell == "inf" || cell == "-inf" || parse_real(cell);
}

struct Column {
  std::size_t width = 0;
  bool numeric = true;
};

std::vector<Column> measure(const std::vector<std::vector<std::string>>& rows) {
  std::vector<Column> columns(rows.empty() ? 0 : rows.front().size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      columns[c].width = std::max(columns[c].width, width(printable(rows[r][c])));
      columns[c].numeric = columns[c].numeric && (r == 0 || is_number(rows[r][c]));
    }
  }
  return columns;
}

}  // namespace

std::string table(const std::vector<std::vector<std::string>>& rows) {
  const auto columns = measure(rows);
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::string cell = printable(row[c]);
      const std::string padding(columns[c].width - width(cell), ' ');
      line += (c == 0 ? "" : "  ") + (columns[c].numeric ? padding + cell : cell + padding);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace nnrun

#include "experiment/csv.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace nnrun {

std::string csv_cell(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char letter : cell)
    quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
  return quoted + "\"";
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::vector<std::string> parts;
  for (const std::string& cell : cells) parts.push_back(csv_cell(cell));
  return fmt::format("{}\n", fmt::join(parts, ","));
}

std::string number_cell(double value) {
  return std::isnan(value) ? std::string() : shortest(value);
}

std::array<std::string, 4> statistics_cells(const Statistics& statistics) {
  const auto interval = statistics.interval();
  return {number_cell(statistics.mean()), number_cell(statistics.deviation()),
          interval ? shortest(interval->low) : std::string(),
          interval ? shortest(interval->high) : std::string()};
}

void add_columns(std::vector<std::string>& columns, const std::vector<std::string>& more) {
  for (const std::string& column : more) {
    if (std::find(columns.begin(), columns.end(), column) == columns.end())
      columns.push_back(column);
  }
}

std::vector<std::string> csv_cells(std::string_view line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char letter = line[i];
    const bool doubled = quoted && letter == '"' && i + 1 < line.size() && line[i + 1] == '"';
    if (letter == ',' && !quoted) {
      cells.emplace_back();
    } else if (letter != '"' || doubled) {
      cells.back() += letter;
      if (doubled) ++i;
    } else {
      quoted = !quoted;
    }
  }
  return cells;
}

std::vector<std::string_view> split_csv(std::string_view line) {
  std::vector<std::string_view> cells;
  while (true) {
    const auto comma = line.find(',');
    cells.emplace_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return cells;
    line.remove_prefix(comma + 1);
  }
}

}  // namespace nnrun

#include "report/output_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "base/error.h"
#include "base/text.h"

namespace nnrun {

namespace {

/// What a cell is ordered by: numbers, then words, then nothing.
struct SortKey {
  int rank = 0;
  double number = 0;
  std::string text;
};

SortKey sort_key(const std::string& cell) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (cell.empty() || cell == "nan") return {2, 0, {}};
  if (cell == "inf" || cell == "-inf") return {0, cell == "inf" ? kInfinity : -kInfinity, {}};
  const auto number = parse_real(cell);
  return number ? SortKey{0, *number, {}} : SortKey{1, 0, cell};
}

bool goes_before(const SortKey& a, const SortKey& b, bool reverse) {
  if (a.rank != b.rank) return a.rank < b.rank;
  const bool less = std::tie(a.number, a.text) < std::tie(b.number, b.text);
  const bool more = std::tie(b.number, b.text) < std::tie(a.number, a.text);
  return reverse ? more : less;
}

std::size_t column_position(const OutputTable& output, const std::string& name) {
  const auto names = whole_names(output);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  throw Error(
      fmt::format("no column '{}'{}", printable(name), suggestion_and_all(name, names, "columns")));
}

}  // namespace

void add_column(OutputTable& output, OutputColumn column, const std::vector<std::string>& cells) {
  output.columns.push_back(std::move(column));
  for (std::size_t r = 0; r < cells.size(); ++r) output.rows[r].push_back(cells[r]);
}

std::vector<std::string> whole_names(const OutputTable& output) {
  std::vector<std::string> names;
  for (const OutputColumn& column : output.columns) names.push_back(column.whole_name());
  return names;
}

OutputTable columns_where(const OutputTable& output,
                          const std::function<bool(const OutputColumn&)>& chosen) {
  OutputTable part;
  part.rows.resize(output.rows.size());
  for (std::size_t c = 0; c < output.columns.size(); ++c) {
    if (!chosen(output.columns[c])) continue;
    part.columns.push_back(output.columns[c]);
    for (std::size_t r = 0; r < part.rows.size(); ++r) part.rows[r].push_back(output.rows[r][c]);
  }
  return part;
}

OutputTable without_details(const OutputTable& output) {
  return columns_where(output, [](const OutputColumn& column) { return !column.detail; });
}

void sort_rows(OutputTable& output, const std::string& column, bool reverse) {
  const std::size_t position = column_position(output, column);
  std::stable_sort(output.rows.begin(), output.rows.end(), [&](const auto& a, const auto& b) {
    return goes_before(sort_key(a[position]), sort_key(b[position]), reverse);
  });
}

std::string rounded_figure(double value, int digits) {
  constexpr double kLarge = 1e6;
  return std::abs(value) < kLarge ? fmt::format("{:.{}f}", value, digits)
                                  : fmt::format("{:.3e}", value);
}

std::vector<std::string> rounded(std::vector<std::string> cells, int digits, Better better) {
  std::optional<double> best;
  for (const std::string& cell : cells) {
    const auto value = parse_real(cell);
    if (!value || better == Better::kNeither) continue;
    if (!best || (better == Better::kHigher ? *value > *best : *value < *best)) best = value;
  }
  const bool marks = cells.size() > 1 && best;
  for (std::string& cell : cells) {
    const auto value = parse_real(cell);
    if (!value) continue;
    cell = rounded_figure(*value, digits) + (!marks ? "" : *value == *best ? "*" : " ");
  }
  return cells;
}

}  // namespace nnrun

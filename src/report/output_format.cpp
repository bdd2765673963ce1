#include "report/output_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "experiment/csv.h"
#include "report/markdown.h"
#include "report/table.h"

namespace nnrun {

namespace {

using Json = nlohmann::ordered_json;
using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t kTerminal = 100;
constexpr std::size_t kGap = 2;  ///< blanks between the columns of table()

std::vector<std::string> whole_names(const OutputTable& output) {
  std::vector<std::string> names;
  for (const OutputColumn& column : output.columns) names.push_back(column.whole_name());
  return names;
}

std::string csv(const OutputTable& output) {
  std::string text = csv_line(whole_names(output));
  for (const auto& row : output.rows) text += csv_line(row);
  return text;
}

Json json_cell(const OutputColumn& column, const std::string& cell) {
  if (cell.empty()) return nullptr;
  const auto real = parse_real(cell);
  if (!column.numbers || !real) return cell;
  Json written = Json::parse(cell, nullptr, false);
  return written.is_discarded() ? Json(*real) : written;  // ".5" is no number of JSON
}

std::string json(const OutputTable& output) {
  Json all = Json::array();
  for (const auto& row : output.rows) {
    Json& object = all.emplace_back(Json::object());
    for (std::size_t c = 0; c < row.size(); ++c) {
      object[output.columns[c].whole_name()] = json_cell(output.columns[c], row[c]);
    }
  }
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string markdown(const OutputTable& output) {
  std::vector<bool> numbers;
  for (const OutputColumn& column : output.columns) numbers.push_back(column.numbers);
  std::string text = markdown_header(whole_names(output), numbers);
  for (const auto& row : output.rows) text += markdown_row(row);
  return text;
}

/// One column of the terminal's table: its heading, then its cells as they are shown.
std::vector<std::string> shown_column(const OutputTable& output, std::size_t c) {
  const OutputColumn& column = output.columns[c];
  std::vector<std::string> cells;
  for (const auto& row : output.rows) cells.push_back(row[c]);
  if (column.digits) cells = rounded(std::move(cells), *column.digits, column.better);
  cells.insert(cells.begin(), column.name);
  return cells;
}

std::size_t column_width(const std::vector<std::string>& cells) {
  std::size_t widest = 0;
  for (const std::string& cell : cells) widest = std::max(widest, width(printable(cell)));
  return widest;
}

/// Columns that stand under one heading, or one column without a heading.
struct Group {
  std::string heading;
  Rows columns;
  std::size_t columns_width = 0;  ///< of its columns with the gaps between them
};

void add(Group& group, std::vector<std::string> column) {
  group.columns_width += (group.columns.empty() ? 0 : kGap) + column_width(column);
  group.columns.push_back(std::move(column));
}

/// Widens the last column until the heading has room.
void fit_heading(Group& group) {
  const std::size_t needed = width(group.heading);
  if (needed <= group.columns_width) return;
  auto& last = group.columns.back();
  const std::size_t wide = column_width(last) + needed - group.columns_width;
  last[0].append(wide - width(last[0]), ' ');
  group.columns_width = needed;
}

std::vector<Group> groups_of(const OutputTable& output) {
  std::vector<Group> groups;
  for (std::size_t c = 0; c < output.columns.size(); ++c) {
    std::string heading = output.columns[c].group;
    std::replace(heading.begin(), heading.end(), '_', ' ');
    if (heading.empty() || groups.empty() || groups.back().heading != heading) {
      groups.push_back({heading, {}, 0});
    }
    add(groups.back(), shown_column(output, c));
  }
  for (Group& group : groups) fit_heading(group);
  return groups;
}

std::string block_text(const std::vector<Group>& groups) {
  std::string headings;
  std::size_t at = 0;
  Rows rows(groups.front().columns.front().size());
  for (const Group& group : groups) {
    if (!group.heading.empty()) {
      headings.append(at - width(headings), ' ');
      headings += group.heading;
    }
    at += group.columns_width + kGap;
    for (const auto& column : group.columns) {
      for (std::size_t r = 0; r < rows.size(); ++r) rows[r].push_back(column[r]);
    }
  }
  return (headings.empty() ? "" : headings + "\n") + table(rows);
}

/// A group wider than the terminal stands alone in its block.
std::string table_text(const OutputTable& output) {
  const auto groups = groups_of(output);
  std::string text;
  std::vector<Group> block = {groups.front()};
  std::size_t taken = groups.front().columns_width;
  for (std::size_t g = 1; g < groups.size(); ++g) {
    if (block.size() > 1 && taken + kGap + groups[g].columns_width > kTerminal) {
      text += block_text(block) + "\n";
      block.resize(1);
      taken = groups.front().columns_width;
    }
    taken += kGap + groups[g].columns_width;
    block.push_back(groups[g]);
  }
  return text + block_text(block);
}

}  // namespace

const std::vector<std::string>& output_format_names() {
  static const std::vector<std::string> kNames = {"table", "csv", "json", "markdown"};
  return kNames;
}

OutputFormat output_format(const std::string& name) {
  if (name == "csv") return OutputFormat::kCsv;
  if (name == "json") return OutputFormat::kJson;
  return name == "markdown" ? OutputFormat::kMarkdown : OutputFormat::kTable;
}

std::string to_text(const OutputTable& output, OutputFormat format) {
  switch (format) {
    case OutputFormat::kCsv: return csv(output);
    case OutputFormat::kJson: return json(output);
    case OutputFormat::kMarkdown: return markdown(output);
    case OutputFormat::kTable: break;
  }
  return table_text(output);
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
    cell = fmt::format("{:.{}f}{}", *value, digits, !marks ? "" : *value == *best ? "*" : " ");
  }
  return cells;
}

}  // namespace nnrun

#include "report/table_text.h"

#include <algorithm>

#include "base/text.h"
#include "report/table.h"

namespace nnrun {

namespace {

using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t kTerminal = 100;
constexpr std::size_t kGap = 2;  ///< blanks between the columns of table()

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

/// The columns that each block begins with: the first, and those after it that are keys.
std::size_t key_count(const OutputTable& output) {
  std::size_t keys = 1;
  while (keys < output.columns.size() && output.columns[keys].key) ++keys;
  return keys;
}

/// A group wider than the terminal stands alone in its block.
std::string in_blocks(const OutputTable& output) {
  const auto groups = groups_of(output);
  const std::size_t keys = key_count(output);
  std::string text;
  std::vector<Group> block;
  std::size_t taken = 0;
  for (const Group& group : groups) {
    if (block.size() > keys && taken + group.columns_width > kTerminal) {
      text += block_text(block) + "\n";
      block.resize(keys);
      taken = 0;
      for (const Group& key : block) taken += key.columns_width + kGap;
    }
    taken += group.columns_width + kGap;
    block.push_back(group);
  }
  return text + block_text(block);
}

/// The columns that turn as rows, under what the rows were called.
OutputTable turned(const OutputTable& output) {
  OutputTable rows;
  rows.columns = {{.name = "setting"}};
  for (const auto& row : output.rows) rows.columns.push_back({.name = row.front()});
  for (std::size_t c = 0; c < output.columns.size(); ++c) {
    if (!output.columns[c].turns) continue;
    auto& cells = rows.rows.emplace_back(std::vector{output.columns[c].whole_name()});
    for (const auto& row : output.rows) cells.push_back(row[c]);
  }
  return rows;
}

bool has_to_turn(const OutputTable& output) {
  std::size_t wide = column_width(shown_column(output, 0));
  std::size_t count = 0;
  for (std::size_t c = 1; c < output.columns.size(); ++c) {
    if (!output.columns[c].turns) continue;
    wide += kGap + column_width(shown_column(output, c));
    ++count;
  }
  return wide > kTerminal && count > output.rows.size();
}

}  // namespace

std::string table_text(const OutputTable& output) {
  if (!has_to_turn(output)) return in_blocks(output);
  const auto stays = [](const OutputColumn& column) { return !column.turns; };
  return in_blocks(turned(output)) + "\n" + in_blocks(columns_where(output, stays));
}

}  // namespace nnrun

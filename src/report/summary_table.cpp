#include "report/summary_table.h"

#include <algorithm>

#include "report/remarks.h"
#include "report/table_text.h"

namespace nnrun {

namespace {

std::vector<OutputColumn> shown_figures(const Model& model) {
  std::vector<OutputColumn> shown;
  for (const char* part : {"final_train", "final_validation", "best_validation", "test"}) {
    const auto names = model.measures();
    for (std::size_t i = 0; i < names.size(); ++i) {
      const Better better = model.higher_is_better(i) ? Better::kHigher : Better::kLower;
      shown.push_back({names[i], part, true, kFigureDigits, better});
    }
  }
  return shown;
}

std::vector<std::string> column_cells(const Sweep& sweep, const std::vector<RunRow>& rows,
                                      const std::string& name) {
  std::vector<std::string> cells;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    cells.push_back(rows[r].figure(sweep.runs[r], name));
  }
  return cells;
}

bool any(const std::vector<std::string>& cells) {
  return std::any_of(cells.begin(), cells.end(), [](const auto& cell) { return !cell.empty(); });
}

}  // namespace

std::string summary_table(const Sweep& sweep, const std::vector<RunRow>& rows) {
  OutputTable summary{{{.name = "run"}, {.name = "status"}}, {}};
  for (const RunRow& row : rows) {
    summary.rows.push_back({row.run, row.status.empty() ? "not finished" : row.status});
  }
  for (OutputColumn& column : shown_figures(sweep.runs.front().experiment.model)) {
    const auto cells = column_cells(sweep, rows, column.whole_name());
    if (!any(cells)) continue;
    summary.columns.push_back(std::move(column));
    for (std::size_t r = 0; r < rows.size(); ++r) summary.rows[r].push_back(cells[r]);
  }
  std::vector<std::string> names;
  std::vector<std::string> messages;
  for (const RunRow& row : rows) {
    names.push_back(row.run);
    messages.push_back(row.message);
  }
  return table_text(summary) + remark_lines(names, messages);
}

}  // namespace nnrun

#include "report/summary_table.h"

#include <algorithm>

#include "experiment/summary.h"
#include "report/output_format.h"
#include "report/remarks.h"
#include "report/table.h"

namespace nnrun {

namespace {

/// A figure that the table shows.
struct Shown {
  std::string column;   ///< of runs.csv
  bool higher = false;  ///< whether more is better
};

std::vector<Shown> shown_figures(const Model& model) {
  std::vector<Shown> shown;
  for (const char* kind : {"final_train_", "final_validation_", "best_validation_", "test_"}) {
    const auto names = model.measures();
    for (std::size_t i = 0; i < names.size(); ++i) {
      shown.push_back({kind + names[i], model.higher_is_better(i)});
    }
  }
  return shown;
}

std::vector<std::string> column_cells(const Sweep& sweep, const std::vector<RunRow>& rows,
                                      const Shown& shown) {
  std::vector<std::string> cells;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    cells.push_back(rows[r].figure(sweep.runs[r], shown.column));
  }
  return rounded(std::move(cells), kFigureDigits, shown.higher ? Better::kHigher : Better::kLower);
}

bool any(const std::vector<std::string>& cells) {
  return std::any_of(cells.begin(), cells.end(), [](const auto& cell) { return !cell.empty(); });
}

}  // namespace

std::string summary_table(const Sweep& sweep, const std::vector<RunRow>& rows) {
  std::vector<std::vector<std::string>> lines(rows.size() + 1);
  lines[0] = {"run", "status"};
  for (std::size_t r = 0; r < rows.size(); ++r) {
    lines[r + 1] = {rows[r].run, rows[r].status.empty() ? "not finished" : rows[r].status};
  }
  for (const Shown& shown : shown_figures(sweep.runs.front().experiment.model)) {
    const auto cells = column_cells(sweep, rows, shown);
    if (!any(cells)) continue;
    lines[0].push_back(shown.column);
    for (std::size_t r = 0; r < rows.size(); ++r) lines[r + 1].push_back(cells[r]);
  }
  std::vector<std::string> names;
  std::vector<std::string> messages;
  for (const RunRow& row : rows) {
    names.push_back(row.run);
    messages.push_back(row.message);
  }
  return table(lines) + remark_lines(names, messages);
}

}  // namespace nnrun

// The tables over all runs of an experiment: experiment.yaml, runs.csv and epochs.csv.
#include <algorithm>
#include <map>
#include <sstream>

#include "base/text.h"
#include "config/yaml.h"
#include "experiment/csv.h"
#include "experiment/results.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLargestCsv = std::size_t{1} << 32U;

void add_missing(std::vector<std::string>& columns, const std::vector<std::string>& more) {
  for (const std::string& column : more) {
    if (std::find(columns.begin(), columns.end(), column) == columns.end())
      columns.push_back(column);
  }
}

/// A file's lines as cells by column name.
using Cells = std::map<std::string, std::string>;

std::string row_text(const std::vector<std::string>& columns, const Cells& cells) {
  std::vector<std::string> row;
  for (const std::string& column : columns) {
    const auto found = cells.find(column);
    row.push_back(found == cells.end() ? std::string() : found->second);
  }
  return csv_line(row);
}

/// What tells one run from the others.
Cells run_cells(const Sweep& sweep, const RunRow& row) {
  Cells cells = {{"run", row.run}, {"seed", std::to_string(row.seed)}};
  for (std::size_t i = 0; i < sweep.fields.size(); ++i) cells[sweep.fields[i]] = row.fields[i];
  return cells;
}

std::vector<std::string> run_columns(const Sweep& sweep) {
  std::vector<std::string> columns = {"run"};
  add_missing(columns, sweep.fields);
  add_missing(columns, {"seed"});
  return columns;
}

std::string runs_csv(const Sweep& sweep, const std::vector<RunRow>& rows) {
  std::vector<std::string> columns = run_columns(sweep);
  add_missing(columns, {"status"});
  for (const Run& run : sweep.runs) add_missing(columns, figure_columns(run.experiment.model));
  add_missing(columns, {"message", "path"});
  std::string text = csv_line(columns);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    Cells cells = run_cells(sweep, rows[r]);
    const auto names = figure_columns(sweep.runs[r].experiment.model);
    for (std::size_t i = 0; i < names.size(); ++i) cells[names[i]] = rows[r].figures[i];
    cells["status"] = rows[r].status;
    cells["message"] = rows[r].message;
    cells["path"] = rows[r].run;
    text += row_text(columns, cells);
  }
  return text;
}

/// The rows of one run's metrics.csv, each with what tells its run from the others. A column of
/// metrics.csv that is swept (learning_rate) is there once.
std::string epoch_rows(const std::vector<std::string>& columns, const Cells& run,
                       const std::string& metrics) {
  std::istringstream lines(metrics);
  std::string line;
  std::getline(lines, line);
  const auto header = split_csv(line);
  std::string text;
  while (std::getline(lines, line)) {
    const auto values = split_csv(line);
    Cells cells = run;
    for (std::size_t i = 0; i < std::min(header.size(), values.size()); ++i) {
      cells.emplace(header[i], values[i]);
    }
    text += row_text(columns, cells);
  }
  return text;
}

std::string epochs_csv(const fs::path& folder, const Sweep& sweep,
                       const std::vector<RunRow>& rows) {
  std::vector<std::string> columns = run_columns(sweep);
  add_missing(columns, {"epoch", "learning_rate"});
  for (const Run& run : sweep.runs) add_missing(columns, record_columns(run.experiment.model));
  std::string text = csv_line(columns);
  for (const RunRow& row : rows) {
    if (row.status.empty()) continue;
    text += epoch_rows(columns, run_cells(sweep, row),
                       read_file(folder / row.run / "metrics.csv", kLargestCsv));
  }
  return text;
}

}  // namespace

void write_tables(const fs::path& folder, const Sweep& sweep, const std::vector<RunState>& states) {
  const auto rows = run_rows(sweep, states);
  write_file(folder / "experiment.yaml", to_yaml(sweep.resolved));
  write_file(folder / "runs.csv", runs_csv(sweep, rows));
  write_file(folder / "epochs.csv", epochs_csv(folder, sweep, rows));
}

}  // namespace nnrun

#include "experiment/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>

#include "base/file.h"
#include "config/yaml.h"
#include "experiment/aggregate.h"
#include "experiment/csv.h"
#include "experiment/rate_comparison.h"
#include "experiment/remark.h"
#include "experiment/run_files.h"
#include "experiment/summary.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

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
  add_columns(columns, sweep.fields);
  add_columns(columns, {"seed"});
  return columns;
}

/// The columns of runs.csv after those that tell one run from the others.
std::vector<std::string> outcome_columns(const Sweep& sweep) {
  std::vector<std::string> columns = {"status"};
  for (const Run& run : sweep.runs) add_columns(columns, figure_columns(run.experiment.model));
  return columns;
}

/// A row of runs.csv; `parent` is where its path starts.
Cells outcome_cells(const Sweep& sweep, const RunRow& row, const Run& run,
                    const std::string& parent) {
  Cells cells = run_cells(sweep, row);
  const auto names = figure_columns(run.experiment.model);
  for (std::size_t i = 0; i < names.size(); ++i) cells[names[i]] = row.figures[i];
  cells["status"] = row.status;
  cells["message"] = row.message;
  cells["path"] = parent + row.run;
  return cells;
}

std::string runs_csv(const Sweep& sweep, const std::vector<RunRow>& rows) {
  std::vector<std::string> columns = run_columns(sweep);
  add_columns(columns, outcome_columns(sweep));
  add_columns(columns, {"message", "path"});
  std::string text = csv_line(columns);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    text += row_text(columns, outcome_cells(sweep, rows[r], sweep.runs[r], ""));
  }
  return text;
}

/// Where the cells of one column of epochs.csv come from, for all rows of one run.
struct Source {
  std::optional<std::size_t> cell;  ///< of a row of metrics.csv
  std::string fixed;                ///< else
};

/// A column of metrics.csv that is swept (learning_rate) is there once, as metrics.csv has it: a schedule's
/// rates, not its name.
std::vector<Source> sources(const std::vector<std::string>& columns, const Cells& run,
                            const std::vector<std::string_view>& header) {
  std::vector<Source> sources;
  for (const std::string& column : columns) {
    Source& source = sources.emplace_back();
    const auto fixed = run.find(column);
    const auto found = std::find(header.begin(), header.end(), column);
    if (found != header.end()) {
      source.cell = static_cast<std::size_t>(found - header.begin());
    } else if (fixed != run.end()) {
      source.fixed = csv_cell(fixed->second);
    }
  }
  return sources;
}

/// The rows of one run's metrics.csv, each with what tells its run from the others.
void append_epochs(NewFile& file, const std::vector<std::string>& columns, const Cells& run,
                   const fs::path& metrics, const std::string& digest) {
  std::istringstream lines(read_intact(metrics, digest));
  std::string line;
  std::getline(lines, line);
  const auto from = sources(columns, run, split_csv(line));
  std::string row;
  while (std::getline(lines, line)) {
    const auto cells = split_csv(line);
    row.clear();
    for (const Source& source : from) {
      row += source.cell ? cells.at(*source.cell) : source.fixed;
      row += ',';
    }
    row.back() = '\n';
    file.append(row);
  }
}

/// Row by row: the table of all epochs of a large grid is larger than memory should be.
void write_epochs(const fs::path& folder, const Sweep& sweep, const std::vector<RunRow>& rows,
                  const std::vector<RunState>& states) {
  std::vector<std::string> columns = run_columns(sweep);
  add_columns(columns, {"epoch", "learning_rate"});
  for (const Run& run : sweep.runs) add_columns(columns, record_columns(run.experiment.model));
  NewFile file(folder / "epochs.csv");
  file.append(csv_line(columns));
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (states[r].kind != RunState::Kind::kFinished) continue;
    append_epochs(file, columns, run_cells(sweep, rows[r]), folder / rows[r].run / "metrics.csv",
                  states[r].metrics_sha256);
  }
  file.finish();
}

std::string message_of(const RunState& state) {
  if (state.kind == RunState::Kind::kFailed) return failure(state.message);
  if (state.kind != RunState::Kind::kInterrupted) return state.message;
  return interruption(state.position.epoch);
}

/// What runs of the sweep say of each other.
void add_comparisons(const Sweep& sweep, std::vector<RunRow>& rows) {
  std::vector<RatedRun> rated(rows.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    rated[r].status = rows[r].status;
    rated[r].message = std::move(rows[r].message);
    for (std::size_t f = 0; f < sweep.fields.size(); ++f) {
      rated[r].add_field(sweep.fields[f], rows[r].fields[f]);
    }
  }
  compare_rates(rated);
  for (std::size_t r = 0; r < rows.size(); ++r) rows[r].message = std::move(rated[r].message);
}

}  // namespace

std::string RunRow::figure(const Run& of, const std::string& name) const {
  const auto names = figure_columns(of.experiment.model);
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? "" : figures[static_cast<std::size_t>(found - names.begin())];
}

std::vector<RunRow> run_rows(const Sweep& sweep, const std::vector<RunState>& states) {
  std::vector<RunRow> rows;
  for (std::size_t r = 0; r < states.size(); ++r) {
    const Run& run = sweep.runs[r];
    const RunState& state = states[r];
    RunRow row;
    row.run = run.folder;
    row.seed = run.experiment.seed;
    const bool finished = state.kind == RunState::Kind::kFinished;
    // What is of another configuration or not whole says nothing here.
    if (finished || state.kind == RunState::Kind::kInterrupted ||
        state.kind == RunState::Kind::kFailed) {
      row.status = state.status;
      row.message = message_of(state);
    }
    if (finished) row.figures = state.figures;
    for (const std::string& field : sweep.fields) row.fields.push_back(run.value(field));
    row.figures.resize(figure_columns(run.experiment.model).size());
    rows.push_back(std::move(row));
  }
  add_comparisons(sweep, rows);
  return rows;
}

std::string all_runs_csv(const std::vector<ExperimentRows>& experiments) {
  std::vector<std::string> columns = {"experiment", "run"};
  for (const ExperimentRows& each : experiments) add_columns(columns, each.sweep->fields);
  add_columns(columns, {"seed"});
  for (const ExperimentRows& each : experiments) add_columns(columns, outcome_columns(*each.sweep));
  add_columns(columns, {"message", "path"});
  std::string text = csv_line(columns);
  for (const auto& [sweep, rows, parent] : experiments) {
    for (std::size_t r = 0; r < rows.size(); ++r) {
      Cells cells = outcome_cells(*sweep, rows[r], sweep->runs[r], parent + sweep->name + "/");
      cells["experiment"] = sweep->name;
      text += row_text(columns, cells);
    }
  }
  return text;
}

void write_tables(const fs::path& folder, const Sweep& sweep, const std::vector<RunState>& states) {
  const auto rows = run_rows(sweep, states);
  // First: what these read may not be there any more.
  write_epochs(folder, sweep, rows, states);
  write_aggregates(folder, sweep, states);
  write_file(folder / "experiment.yaml", to_yaml(sweep.resolved));
  write_file(folder / "runs.csv", runs_csv(sweep, rows));
}

}  // namespace nnrun

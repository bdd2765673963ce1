#include "experiment/aggregate.h"

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "core/statistics.h"
#include "experiment/csv.h"
#include "experiment/grid_points.h"
#include "experiment/metrics_csv.h"
#include "experiment/run_files.h"
#include "experiment/run_status.h"
#include "experiment/summary.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

using Names = std::vector<std::string>;

constexpr const char* kEpochTable = "aggregate.csv";
constexpr const char* kRunTable = "aggregate_runs.csv";
const Names kEpochCounts = {"epoch", "n", "diverged"};
const Names kRunCounts = {"n", "diverged", "missing"};

/// The swept fields, the counts and four columns of each name.
Names header(const Names& fields, const Names& counts, const Names& names) {
  Names columns = fields;
  columns.insert(columns.end(), counts.begin(), counts.end());
  for (const std::string& name : names) {
    for (const char* part : {"_mean", "_sd", "_low", "_high"}) columns.push_back(name + part);
  }
  return columns;
}

void add_cells(Names& row, const Statistics& statistics) {
  const auto cells = statistics_cells(statistics);
  row.insert(row.end(), cells.begin(), cells.end());
}

/// The runs of one grid point, by how they ended.
struct Repeated {
  std::vector<std::size_t> averaged;
  std::size_t diverged = 0;
  std::size_t missing = 0;
};

Repeated repeated(const std::vector<std::size_t>& runs, const std::vector<RunState>& states) {
  Repeated found;
  for (const std::size_t run : runs) {
    const bool finished = states[run].kind == RunState::Kind::kFinished;
    if (finished && ended_well(states[run].status)) {
      found.averaged.push_back(run);
    } else {
      ++(finished ? found.diverged : found.missing);
    }
  }
  return found;
}

/// The curves of some runs, added up row by row: as much memory as one run's.
class MeanCurves {
 public:
  explicit MeanCurves(const Names& names) : values_(names.size()), names_(names) {}

  void add(const Curves& curves) {
    const std::size_t rows = curves.values.empty() ? 0 : curves.values.front().size();
    if (rows > runs_.size()) runs_.resize(rows);
    for (std::size_t row = 0; row < rows; ++row) ++runs_[row];
    for (std::size_t c = 0; c < names_.size(); ++c) {
      values_[c].resize(runs_.size());
      const auto* curve = curves.find(names_[c]);
      for (std::size_t row = 0; curve != nullptr && row < rows; ++row) {
        values_[c][row].add((*curve)[row]);
      }
    }
  }

  std::size_t rows() const { return runs_.size(); }
  std::size_t runs(std::size_t row) const { return runs_[row]; }

  void add_cells_of(std::size_t row, Names& cells) const {
    for (const auto& column : values_) add_cells(cells, column[row]);
  }

 private:
  std::vector<std::vector<Statistics>> values_;  ///< [names][rows]
  std::vector<std::size_t> runs_;                ///< [rows] runs that have this row
  const Names& names_;
};

class Aggregates {
 public:
  Aggregates(const fs::path& folder, const Sweep& sweep, const std::vector<RunState>& states,
             const Groups& points)
      : folder_(folder), sweep_(sweep), states_(states), points_(points), fields_(sweep.fields) {
    std::erase_if(fields_, is_repeat_field);
  }

  void write_epochs() const {
    Names names = {"learning_rate"};
    for (const Run& run : sweep_.runs) add_columns(names, record_columns(run.experiment.model));
    NewFile file(folder_ / kEpochTable);
    file.append(csv_line(header(fields_, kEpochCounts, names)));
    for (const auto& point : points_) append_epochs(file, point, names);
    file.finish();
  }

  void write_runs() const {
    Names names;
    for (const Run& run : sweep_.runs) add_columns(names, figure_columns(run.experiment.model));
    NewFile file(folder_ / kRunTable);
    file.append(csv_line(header(fields_, kRunCounts, names)));
    for (const auto& point : points_) file.append(csv_line(figures_row(point, names)));
    file.finish();
  }

 private:
  /// The swept fields of a grid point.
  Names first_cells(const std::vector<std::size_t>& point) const {
    Names cells;
    for (const std::string& field : fields_)
      cells.push_back(sweep_.runs[point.front()].value(field));
    return cells;
  }

  void append_epochs(NewFile& file, const std::vector<std::size_t>& point,
                     const Names& names) const {
    const Repeated of = repeated(point, states_);
    MeanCurves curves(names);
    for (const std::size_t run : of.averaged) {
      const fs::path metrics = folder_ / sweep_.runs[run].folder / "metrics.csv";
      curves.add(read_metrics(read_intact(metrics, states_[run].metrics_sha256), metrics));
    }
    const Names first = first_cells(point);
    for (std::size_t row = 0; row < curves.rows(); ++row) {
      Names cells = first;
      for (const std::size_t count : {row, curves.runs(row), of.diverged}) {
        cells.push_back(std::to_string(count));
      }
      curves.add_cells_of(row, cells);
      file.append(csv_line(cells));
    }
  }

  Names figures_row(const std::vector<std::size_t>& point, const Names& names) const {
    const Repeated of = repeated(point, states_);
    std::vector<Statistics> figures(names.size());
    for (const std::size_t run : of.averaged) {
      const auto own = figure_columns(sweep_.runs[run].experiment.model);
      for (std::size_t f = 0; f < own.size(); ++f) {
        const auto place = std::find(names.begin(), names.end(), own[f]) - names.begin();
        const auto value = metrics_number(states_[run].figures[f]);
        if (value) figures[static_cast<std::size_t>(place)].add(*value);
      }
    }
    Names cells = first_cells(point);
    for (const std::size_t count : {of.averaged.size(), of.diverged, of.missing}) {
      cells.push_back(std::to_string(count));
    }
    for (const Statistics& figure : figures) add_cells(cells, figure);
    return cells;
  }

  const fs::path& folder_;
  const Sweep& sweep_;
  const std::vector<RunState>& states_;
  const Groups& points_;
  Names fields_;
};

/// Removes a table of this name when its header has the counts one after the other: a user's own file stays.
void remove_table(const fs::path& path, const Names& counts) {
  std::error_code error;
  if (!fs::is_regular_file(fs::symlink_status(path, error))) return;
  const std::string text = read_result(path);
  const std::string head = "," + text.substr(0, text.find('\n') + 1);
  const std::string ours = csv_line(counts);
  if (head.find("," + ours.substr(0, ours.size() - 1) + ",") == std::string::npos) return;
  fs::remove(path, error);
}

}  // namespace

void write_aggregates(const fs::path& folder, const Sweep& sweep,
                      const std::vector<RunState>& states) {
  const Groups points = grid_points(sweep);
  if (points.size() == sweep.runs.size()) {
    remove_table(folder / kEpochTable, kEpochCounts);
    remove_table(folder / kRunTable, kRunCounts);
    return;
  }
  const Aggregates aggregates(folder, sweep, states, points);
  aggregates.write_epochs();
  aggregates.write_runs();
}

}  // namespace nnrun

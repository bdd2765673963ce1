// The tables over all runs of an experiment: experiment.yaml, runs.csv, epochs.csv and those of repeats.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "experiment/run_state.h"
#include "experiment/sweep.h"

namespace nnrun {

/// One row of runs.csv.
struct RunRow {
  std::string run;
  std::vector<std::string> fields;  ///< in the order of Sweep::fields
  std::uint64_t seed = 0;
  std::string status;                ///< empty where nothing is known of it as it is configured now
  std::string message;               ///< its remark, or why it failed; with a remedy
  std::vector<std::string> figures;  ///< in the order of figure_columns

  /// The figure of this name, as text; empty when the run `of` this row has none.
  std::string figure(const Run& of, const std::string& name) const;
};

/// The rows of runs.csv.
std::vector<RunRow> run_rows(const Sweep& sweep, const std::vector<RunState>& states);

/// An experiment with its rows.
struct ExperimentRows {
  const Sweep* sweep;
  std::vector<RunRow> rows;
  std::string
      parent;  ///< where the experiment's folder lies, seen from the table: "../" or nothing
};

/// runs.csv over several experiments: a column names the experiment, the paths begin with it.
std::string all_runs_csv(const std::vector<ExperimentRows>& experiments);

/// Writes experiment.yaml, runs.csv, epochs.csv and the tables of repeats (aggregate.h) from the finished runs of
/// the tree; `states` are those of the sweep's runs.
void write_tables(const std::filesystem::path& folder, const Sweep& sweep,
                  const std::vector<RunState>& states);

}  // namespace nnrun

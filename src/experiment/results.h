// The results tree of one experiment, as DESIGN draws it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "experiment/run_state.h"
#include "experiment/summary.h"
#include "experiment/sweep.h"

namespace nnrun {

/// Facts about the program and the machine that run.json keeps.
struct Provenance {
  std::string version;
  std::string commit;
  std::string compiler;
  std::string blas;
  std::string blas_kernel;  ///< what BLAS chose for this processor
  std::string kernel;       ///< the kernels that nnrun chose
  std::string host;
  std::size_t threads = 1;
};

/// Writes one run as it trains. Nothing but metrics.csv can be seen before it is whole; run.json
/// comes last.
class RunWriter {
 public:
  RunWriter(std::filesystem::path folder, const Run& run, const Provenance& provenance);

  void record(const EpochRecord& record);
  void finish(const Outcome& outcome, const std::vector<SourceFile>& files);

 private:
  void write_weights(const Outcome& outcome) const;
  void write_confusion(const Outcome& outcome) const;
  void write_run_json(const Outcome& outcome, const std::vector<SourceFile>& files) const;

  std::filesystem::path folder_;
  const Run& run_;
  const Provenance& provenance_;
  GrowingFile metrics_;
  std::string timing_;
  std::vector<EpochRecord> records_;
  std::string started_;
};

/// Writes experiment.yaml, runs.csv and epochs.csv from the finished runs of the tree; `states` are
/// those of the sweep's runs.
void write_tables(const std::filesystem::path& folder, const Sweep& sweep,
                  const std::vector<RunState>& states);

/// One row of runs.csv.
struct RunRow {
  std::string run;
  std::vector<std::string> fields;  ///< in the order of Sweep::fields
  std::uint64_t seed = 0;
  std::string status;  ///< empty when it is not finished as it is configured now
  std::string message;
  std::vector<std::string> figures;  ///< in the order of figure_columns
};

/// The states of the sweep's runs, in their order, read from the tree.
std::vector<RunState> run_states(const std::filesystem::path& folder, const Sweep& sweep);

/// The rows of runs.csv.
std::vector<RunRow> run_rows(const Sweep& sweep, const std::vector<RunState>& states);

}  // namespace nnrun

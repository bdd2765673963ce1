// What the results tree says of a run: how far it is, and whether it is the run that is asked for.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "experiment/provenance.h"
#include "experiment/sweep.h"
#include "train/run_memory.h"

namespace nnrun {

/// How far a run of the tree is.
struct RunState {
  enum class Kind {
    kMissing,      ///< neither run.json nor a checkpoint: it begins at its start
    kInterrupted,  ///< a checkpoint is there, of this configuration and whole
    kFinished,     ///< run.json is there, its configuration is this one and the files are whole
    kFailed,       ///< run.json says that it could not be trained
    kOther,        ///< run.json or a checkpoint is there, of another configuration
    kDamaged,  ///< run.json or a checkpoint is there, but it or a file that it stands for is not whole
  };
  Kind kind = Kind::kMissing;
  bool ended = false;   ///< run.json is there
  std::string status;   ///< "completed", "stopped_early", "diverged", "failed", "interrupted"
  std::string message;  ///< why it diverged or failed, or what else went wrong
  std::string sha256;   ///< of run.json: trained anew, it has another
  std::string metrics_sha256;          ///< of a finished run's metrics.csv
  std::vector<std::string> figures;    ///< of a finished run, in the order of figure_columns
  std::vector<std::string> checksums;  ///< SHA-256 of the data it was trained on
  std::string program;                 ///< what it was trained by, as JSON
  /// Of a finished run that is paused: its last row. `position` is then where it can go on, or the start where
  /// its checkpoint is not whole.
  std::optional<std::size_t> paused_at;
  Position position;             ///< of an interrupted run
  std::size_t metrics_size = 0;  ///< of an interrupted run: the bytes of metrics.csv that count
  std::vector<std::string> differences;  ///< kOther: "epochs: was 500, now 100"; kDamaged: what is
};

/// Looks at RESULTS/EXPERIMENT/RUN: reads its run.json, or else its checkpoint, and checks the files
/// beside it.
RunState run_state(const std::filesystem::path& folder, const Run& run);

/// The states of the sweep's runs, in their order.
std::vector<RunState> run_states(const std::filesystem::path& folder, const Sweep& sweep);

/// Whether a finished run in this folder is the one that it was: without reading all of its files again.
bool is_still_finished(const std::filesystem::path& run_folder, const RunState& state);

/// The checksums in which a finished run's data differs from what is there `now`, a line for each
/// file; empty when it is the same data.
std::vector<std::string> data_differences(const RunState& state,
                                          const std::vector<std::string>& now);

/// What differs between the program that a run was trained by and this one: "kernel: was avx512, now
/// sse2".
std::vector<std::string> program_differences(const RunState& state, const Provenance& now);

/// A finished run of another configuration.
struct ChangedRun {
  std::filesystem::path folder;
  std::string message;  ///< with what changed
};

/// Finished runs of the folder that are not in this grid and differ from it in more than swept
/// fields: the experiment was changed under the same name.
std::vector<ChangedRun> changed_outside_grid(const std::filesystem::path& folder,
                                             const Sweep& sweep);

}  // namespace nnrun

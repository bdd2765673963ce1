// What the results tree says of a run: not finished, finished, or finished as something else.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "experiment/sweep.h"

namespace nnrun {

/// How far a run of the tree is.
struct RunState {
  enum class Kind {
    kMissing,   ///< no run.json: not begun, or not finished
    kFinished,  ///< run.json is there, its configuration is this one and the files are whole
    kOther,     ///< run.json is there, of another configuration
    kDamaged,   ///< run.json is there, but not all files that it stands for
  };
  Kind kind = Kind::kMissing;
  std::string status;                    ///< of a finished run: "completed", "diverged"
  std::string message;                   ///< why it diverged
  std::vector<std::string> figures;      ///< in the order of figure_columns
  std::vector<std::string> checksums;    ///< SHA-256 of the data it was trained on
  std::vector<std::string> differences;  ///< kOther: "epochs: was 500, now 100"; kDamaged: what is
};

/// Looks at RESULTS/EXPERIMENT/RUN: reads its run.json and checks the files beside it.
RunState run_state(const std::filesystem::path& folder, const Run& run);

/// The states of the sweep's runs, in their order.
std::vector<RunState> run_states(const std::filesystem::path& folder, const Sweep& sweep);

/// The checksums in which a finished run's data differs from what is there `now`, a line for each
/// file; empty when it is the same data.
std::vector<std::string> data_differences(const RunState& state,
                                          const std::vector<std::string>& now);

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

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
    kFinished,  ///< run.json is there and its configuration is this one
    kOther,     ///< run.json is there, of another configuration
  };
  Kind kind = Kind::kMissing;
  std::string status;                    ///< of a finished run: "completed", "diverged"
  std::string message;                   ///< why it diverged
  std::vector<std::string> figures;      ///< in the order of figure_columns
  std::vector<std::string> differences;  ///< kOther: "epochs: was 500, now 100"
};

/// Looks at RESULTS/EXPERIMENT/RUN and reads its run.json.
RunState run_state(const std::filesystem::path& folder, const Run& run);

/// Finished runs of the folder that are not in this grid and differ from it in more than swept
/// fields: the experiment was changed under the same name. A message for each, with what changed.
std::vector<std::string> changed_outside_grid(const std::filesystem::path& folder,
                                              const Sweep& sweep);

}  // namespace nnrun

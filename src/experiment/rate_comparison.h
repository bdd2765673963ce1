// The learning rate of a run that went wrong beside those of the runs that did not.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace nnrun {

/// A run of a sweep as runs.csv tells how it ended.
struct RatedRun {
  void add_field(const std::string& path, const std::string& value);

  std::string fields;          ///< that are swept, but for the learning rate and the seed
  std::optional<double> rate;  ///< none where no learning rates are swept that are numbers
  std::string status;
  std::string message;  ///< the remark
};

/// Adds to remarks what was measured in the other runs: "(learning rate 20; the largest that stayed finite
/// is 2)". Only where its own is beyond theirs.
void compare_rates(std::vector<RatedRun>& runs);

}  // namespace nnrun

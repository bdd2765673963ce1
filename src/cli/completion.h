// Scripts by which a shell completes what is typed after `nnrun`. They hold all names that this nnrun knows
// and do not call it.
#pragma once

#include <string>
#include <vector>

#include "cli/usage.h"

namespace nnrun {

std::string bash_completion(const Usage& program, const std::vector<Usage>& commands);
std::string zsh_completion(const Usage& program, const std::vector<Usage>& commands);

/// Branches of a shell's `case` that print the names of a kind's leaves, one a line: both scripts have them.
std::string leaf_cases();

}  // namespace nnrun

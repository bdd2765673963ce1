// Which runs a search trains further, once nothing else is left to be trained.
#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "experiment/plan.h"

namespace nnrun {

struct Promotion {
  std::map<std::size_t, std::vector<RunRef>>
      by_goal;                         ///< runs that go on, by the epoch that they go on to
  std::vector<RunRef> held_elsewhere;  ///< unfinished runs that another process trains
};

/// Looks again at the runs of searches that stop trials before their end, as another process may have taken them
/// further, and says which of them go on. `states` and `goals` of each sweep's runs are brought up to date.
Promotion next_promotion(const std::vector<Sweep>& sweeps, const std::filesystem::path& results,
                         std::vector<std::vector<RunState>>& states,
                         std::vector<std::vector<std::size_t>>& goals);

}  // namespace nnrun

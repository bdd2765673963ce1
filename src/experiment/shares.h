// Shares of the runs, for whatever hands them to several machines: a job array, GNU parallel, Kubernetes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiment/plan.h"

namespace nnrun {

/// One of `count` shares: "3/16" is the fourth of sixteen, counted from 0 as array indices are.
struct RunShare {
  std::size_t index = 0;
  std::size_t count = 1;
};

/// Nothing where the text is none.
std::optional<RunShare> parse_share(std::string_view text);

/// What is wrong with such a text, or nothing.
std::string share_mistake(std::string_view text);

/// The chosen runs of all sweeps, those that can be trained in lockstep one after the other: a function of the
/// files alone, so that processes that start at different times agree on it.
std::vector<RunRef> runs_by_group(const std::vector<Sweep>& sweeps);

/// These runs in `count` near-equal pieces. Of more shares than runs, some are without runs.
std::vector<std::vector<RunRef>> run_shares(const std::vector<Sweep>& sweeps, std::size_t count);

/// Whether a search stops trials at rungs: they wait for each other, so that its runs are one share.
bool has_rungs(const std::vector<Sweep>& sweeps);

/// Leaves of the chosen runs those of the share. Throws an Error for a search that stops trials at rungs.
void choose_share(std::vector<Sweep>& sweeps, const RunShare& share);

}  // namespace nnrun

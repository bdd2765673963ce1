#include "experiment/shares.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "experiment/groups.h"

namespace nnrun {

namespace {

constexpr std::int64_t kMostShares = 1'000'000'000;

/// The share of the run at `place` of `runs`. No product is too large: both are below 2^30, or as many as fit into
/// memory.
std::size_t share_of(std::size_t place, std::size_t runs, std::size_t count) {
  return place * count / runs;
}

}  // namespace

std::optional<RunShare> parse_share(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto index = parse_integer(text.substr(0, slash));
  const auto count = parse_integer(text.substr(slash + 1));
  if (!index || !count || *index < 0 || *index >= *count || *count > kMostShares)
    return std::nullopt;
  return RunShare{static_cast<std::size_t>(*index), static_cast<std::size_t>(*count)};
}

std::string share_mistake(std::string_view text) {
  if (parse_share(text)) return {};
  return fmt::format(
      "expected I/N with whole numbers, I from 0 to N - 1 and N up to {}, such as 0/4, got '{}'",
      kMostShares, printable(text));
}

std::vector<RunRef> runs_by_group(const std::vector<Sweep>& sweeps) {
  std::vector<std::vector<RunRef>> by_group;
  std::map<std::string, std::size_t> places;
  for (std::size_t s = 0; s < sweeps.size(); ++s) {
    for (std::size_t r = 0; r < sweeps[s].runs.size(); ++r) {
      const Run& run = sweeps[s].runs[r];
      if (!run.chosen) continue;
      const auto place = places.emplace(group_key(run.experiment), by_group.size()).first;
      if (place->second == by_group.size()) by_group.emplace_back();
      by_group[place->second].push_back({s, r});
    }
  }
  std::vector<RunRef> all;
  for (const auto& group : by_group) all.insert(all.end(), group.begin(), group.end());
  return all;
}

std::vector<std::vector<RunRef>> run_shares(const std::vector<Sweep>& sweeps, std::size_t count) {
  const auto runs = runs_by_group(sweeps);
  std::vector<std::vector<RunRef>> shares(count);
  for (std::size_t place = 0; place < runs.size(); ++place) {
    shares[share_of(place, runs.size(), count)].push_back(runs[place]);
  }
  return shares;
}

bool has_rungs(const std::vector<Sweep>& sweeps) {
  return std::any_of(sweeps.begin(), sweeps.end(),
                     [](const Sweep& sweep) { return !sweep.brackets.empty(); });
}

void choose_share(std::vector<Sweep>& sweeps, const RunShare& share) {
  if (has_rungs(sweeps)) {
    throw Error(
        "--shard: the search stops trials at rungs, where they wait for each other; give every "
        "process the whole file: they share out its runs among themselves");
  }
  const auto runs = runs_by_group(sweeps);
  for (Sweep& sweep : sweeps) {
    for (Run& run : sweep.runs) run.chosen = false;
  }
  for (std::size_t place = 0; place < runs.size(); ++place) {
    const bool mine = share_of(place, runs.size(), share.count) == share.index;
    sweeps[runs[place].sweep].runs[runs[place].run].chosen = mine;
  }
}

}  // namespace nnrun

#include "experiment/groups.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <map>

#include "experiment/run_bytes.h"

namespace nnrun {

namespace {

/// What the runs of one group may add up to; larger groups are trained one part after the other,
/// which changes no result.
constexpr double kMostGroupBytes = 512 << 20;
/// Each run of a group keeps its metrics.csv and its lock open, within what this process may.
std::size_t most_group_runs() {
  constexpr std::size_t kMost = 256;
  constexpr rlim_t kOthers = 32;  // data, tables, standard streams
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1;
  const rlim_t left = limit.rlim_cur > kOthers ? (limit.rlim_cur - kOthers) / 2 : 1;
  return std::clamp<std::size_t>(left, 1, kMost);
}

/// Interrupted runs go on together from where they are.
std::string position_key(const Position& position) {
  return fmt::format("\n{} {} {}", position.epoch, position.batches, position.update);
}

}  // namespace

std::string group_key(const Experiment& experiment) {
  const Feed& feed = experiment.feed;
  const auto share = [](const Share& value) {
    return std::visit([&](auto number) { return fmt::format("{} {}", value.index(), number); },
                      value);
  };
  return fmt::format("{}\n{}\n{}\n{} {}\n{}\n{}\n{}\n{} {}\n{}\n{}\n{} {}\n{}\n{}",
                     experiment.data.key, share(feed.split.train), share(feed.split.validation),
                     feed.split.folds, feed.split.fold, static_cast<int>(feed.split.shuffle),
                     feed.split.stratified, static_cast<int>(feed.scale), feed.split_seed,
                     feed.order_seed, feed.batch_size, static_cast<int>(feed.features),
                     feed.shards.smallest, feed.shards.most, static_cast<int>(feed.reduction),
                     feed.augmentations_key);
}

std::vector<std::vector<RunRef>> groups(const std::vector<Sweep>& sweeps,
                                        const std::vector<RunRef>& refs,
                                        const std::vector<std::vector<RunState>>& states) {
  std::vector<std::vector<RunRef>> made;
  std::map<std::string, std::size_t> open;  // the group of a key that still has room
  std::vector<double> bytes;
  const std::size_t most_runs = most_group_runs();
  for (const RunRef& ref : refs) {
    const Experiment& experiment = sweeps[ref.sweep].runs[ref.run].experiment;
    const std::string key =
        group_key(experiment) + position_key(states[ref.sweep][ref.run].position);
    const auto found = open.find(key);
    const double more = run_bytes(experiment);
    if (found == open.end() || bytes[found->second] + more > kMostGroupBytes ||
        made[found->second].size() == most_runs) {
      open[key] = made.size();
      made.emplace_back();
      bytes.push_back(0);
    }
    made[open[key]].push_back(ref);
    bytes[open[key]] += more;
  }
  return made;
}

}  // namespace nnrun

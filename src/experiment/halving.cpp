#include "experiment/halving.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nnrun {

namespace {

struct Standing {
  std::size_t trial;
  double score;
};

/// Those of one rung that go on to the next.
std::vector<std::size_t> best(std::vector<Standing> all, std::size_t eta, bool higher_is_better) {
  const std::size_t count = std::max<std::size_t>(1, all.size() / eta);
  std::erase_if(all, [](const Standing& each) { return std::isnan(each.score); });
  std::stable_sort(all.begin(), all.end(), [&](const Standing& a, const Standing& b) {
    return higher_is_better ? a.score > b.score : a.score < b.score;
  });
  all.resize(std::min(count, all.size()), {0, 0});
  std::vector<std::size_t> trials;
  for (const Standing& each : all) trials.push_back(each.trial);
  std::sort(trials.begin(), trials.end());
  return trials;
}

/// The standings of all these trials at this epoch; nothing while one of them has not been there.
std::optional<std::vector<Standing>> standings(const std::vector<std::size_t>& trials,
                                               std::size_t epoch, const Score& score) {
  std::vector<Standing> all;
  for (const std::size_t trial : trials) {
    const auto value = score(trial, epoch);
    if (!value) return std::nullopt;
    all.push_back({trial, *value});
  }
  return all;
}

}  // namespace

std::vector<std::size_t> goals(const std::vector<Bracket>& brackets, std::size_t eta,
                               bool higher_is_better, const Score& score) {
  std::vector<std::size_t> all;
  for (const Bracket& bracket : brackets) {
    std::vector<std::size_t> there(bracket.trials);
    std::iota(there.begin(), there.end(), all.size());
    all.resize(all.size() + bracket.trials);
    for (const std::size_t rung : bracket.rungs) {
      for (const std::size_t trial : there) all[trial] = rung;
      if (rung == bracket.rungs.back()) break;
      auto standing = standings(there, rung, score);
      if (!standing) break;
      there = best(*std::move(standing), eta, higher_is_better);
    }
  }
  return all;
}

}  // namespace nnrun

// hyperband: successive halving several times, from many trials that begin with few epochs to few trials that begin
// with all.
//   bracket s = S … 0 begins at rung S − s and gets n(s) ∝ (S + 1) / (s + 1) · eta^s of the trials, at least one;
//   S + 1 is the number of rungs, min_epochs · eta^i below epochs, and epochs
// Source:  Li, Jamieson, DeSalvo, Rostamizadeh, Talwalkar 2018, "Hyperband", algorithm 1; there the number of trials
//          follows from epochs and eta, here its share of each bracket
// Units:   trials; epochs
// Options: trials      whole number ≥ 1, or all: every point of the grid; default all
//          metric      column of metrics.csv, default validation_loss
//          eta         whole number ≥ 2, default 3
//          min_epochs  whole number ≥ 1, or auto: epochs / eta³; default auto
//          sampler     random | quasi_random, default random
// Errors:  a metric that is not measured; epochs that differ between trials; min_epochs above them. Fewer trials than
//          brackets make as many brackets as there are trials
#include <algorithm>
#include <numeric>

#include "core/registry.h"
#include "core/search.h"

namespace nnrun {
namespace {

/// A total in proportion to these weights, by largest remainders (Hamilton's method); at least one each, which the
/// largest gives.
std::vector<std::size_t> shares(std::size_t total, const std::vector<std::size_t>& weights) {
  const std::size_t all = std::accumulate(weights.begin(), weights.end(), std::size_t{0});
  std::vector<std::size_t> parts;
  std::vector<std::size_t> remainders;
  for (const std::size_t weight : weights) {
    parts.push_back(total * weight / all);
    remainders.push_back(total * weight % all);
  }
  std::size_t left = total - std::accumulate(parts.begin(), parts.end(), std::size_t{0});
  for (; left > 0; --left) {
    const auto most = std::max_element(remainders.begin(), remainders.end());
    ++parts[static_cast<std::size_t>(most - remainders.begin())];
    *most = 0;
  }
  for (std::size_t& part : parts) {
    if (part > 0) continue;
    --*std::max_element(parts.begin(), parts.end());
    part = 1;
  }
  return parts;
}

/// ⌈(S + 1) / (s + 1) · eta^s⌉.
std::size_t weight(std::size_t brackets, std::size_t s, std::size_t eta) {
  std::size_t power = brackets;
  for (std::size_t i = 0; i < s; ++i) power *= eta;
  return (power + s) / (s + 1);
}

class Hyperband final : public HalvingSearch {
 public:
  explicit Hyperband(Options& options) : HalvingSearch(options) {}

  std::vector<Bracket> brackets(std::size_t trials, std::size_t epochs) const override {
    const std::size_t count = std::min(rungs(*halving(), epochs, 0).size(), trials);
    std::vector<std::size_t> weights;
    for (std::size_t first = 0; first < count; ++first) {
      weights.push_back(weight(count, count - 1 - first, halving()->eta));
    }
    const auto parts = shares(trials, weights);
    std::vector<Bracket> all;
    for (std::size_t first = 0; first < count; ++first) {
      all.push_back({parts[first], rungs(*halving(), epochs, first)});
    }
    return all;
  }
};

const Register<Search> kHyperband{
    "hyperband", "hyperband: {trials: 81, metric: validation_accuracy}",
    "successive halving from many short trials to few whole ones",
    [](Options& options) { return std::make_unique<Hyperband>(options); }};

}  // namespace
}  // namespace nnrun

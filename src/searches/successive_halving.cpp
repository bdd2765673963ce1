// successive_halving: all trials are trained a little, and again and again the best of them further.
//   rung i is at min_epochs · eta^i epochs; of n trials there, ⌊n / eta⌋ (one at least) go on to the next rung,
//   those that `metric` is best of at that epoch; of equal ones the earlier trial
// Source:  Jamieson and Talwalkar 2016, "Non-stochastic best arm identification"; eta as in Li et al. 2018
// Units:   trials; epochs
// Options: trials      whole number ≥ 1, or all: every point of the grid; default all
//          metric      column of metrics.csv, default validation_loss
//          eta         whole number ≥ 2, default 3
//          min_epochs  whole number ≥ 1, or auto: epochs / eta³; default auto
//          sampler     random | quasi_random, default random
// Errors:  a metric that is not measured; epochs that differ between trials; min_epochs above them
#include "core/registry.h"
#include "core/search.h"

namespace nnrun {
namespace {

class SuccessiveHalving final : public HalvingSearch {
 public:
  explicit SuccessiveHalving(Options& options) : HalvingSearch(options) {}

  std::vector<Bracket> brackets(std::size_t trials, std::size_t epochs) const override {
    return {{trials, rungs(*halving(), epochs, 0)}};
  }
};

const Register<Search> kSuccessiveHalving{
    "successive_halving", "successive_halving: {trials: 81, metric: validation_accuracy}",
    "trains all trials a little, and the best of them further",
    [](Options& options) { return std::make_unique<SuccessiveHalving>(options); }};

}  // namespace
}  // namespace nnrun

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

class SuccessiveHalving final : public Search {
 public:
  explicit SuccessiveHalving(Options& options)
      : trials_(read_trials_or_all(options)),
        halving_(read_halving(options)),
        quasi_random_(read_quasi_random(options)) {}

  std::optional<std::size_t> trials() const override { return trials_; }
  bool is_quasi_random() const override { return quasi_random_; }
  const Halving* halving() const override { return &halving_; }
  std::vector<Bracket> brackets(std::size_t trials, std::size_t epochs) const override {
    return {{trials, rungs(halving_, epochs, 0)}};
  }

 private:
  std::optional<std::size_t> trials_;
  Halving halving_;
  bool quasi_random_;
};

const Register<Search> kSuccessiveHalving{
    "successive_halving", "successive_halving: {trials: 81, metric: validation_accuracy}",
    "trains all trials a little, and the best of them further",
    [](Options& options) { return std::make_unique<SuccessiveHalving>(options); }};

}  // namespace
}  // namespace nnrun

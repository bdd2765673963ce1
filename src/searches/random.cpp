// random: trials drawn independently and uniformly from the axes.
//   of a list each value is as likely; of a range each number, of `log` each logarithm
// Source:  Bergstra and Bengio 2012, "Random search for hyper-parameter optimization"
// Units:   trials
// Options: trials  whole number ≥ 1
// Errors:  more trials than the axes have points. No point is drawn twice
#include "core/registry.h"
#include "core/search.h"

namespace nnrun {
namespace {

class Random final : public Search {
 public:
  explicit Random(Options& options) : trials_(read_trials(options)) {}

  std::optional<std::size_t> trials() const override { return trials_; }

 private:
  std::size_t trials_;
};

const Register<Search> kRandom{"random", "random: {trials: 50}",
                               "independent draws from the axes, none twice",
                               [](Options& options) { return std::make_unique<Random>(options); }};

}  // namespace
}  // namespace nnrun

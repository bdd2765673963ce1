// quasi_random: trials that fill the space of the axes evenly.
//   trial t stands at (φ_p(t) + u) mod 1 on an axis: φ_p mirrors the digits of t in base p, which is the axis's
//   own prime number, and u, the axis's shift, is drawn from the seed
// Source:  Halton 1960; the shift is Cranley and Patterson's 1976
// Units:   trials
// Options: trials  whole number ≥ 1
// Errors:  more trials than the axes have points. No point is drawn twice
#include "core/registry.h"
#include "core/search.h"

namespace nnrun {
namespace {

class QuasiRandom final : public Search {
 public:
  explicit QuasiRandom(Options& options) : trials_(read_trials(options)) {}

  std::optional<std::size_t> trials() const override { return trials_; }
  bool is_quasi_random() const override { return true; }

 private:
  std::size_t trials_;
};

const Register<Search> kQuasiRandom{
    "quasi_random", "quasi_random: {trials: 50}", "draws that fill the space of the axes evenly",
    [](Options& options) { return std::make_unique<QuasiRandom>(options); }};

}  // namespace
}  // namespace nnrun

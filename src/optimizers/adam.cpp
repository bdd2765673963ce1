// adam: a step along the mean of past gradients, in proportion to their usual size.
//   m = beta1 · m + (1 − beta1) · dw,   m = 0 at first
//   v = beta2 · v + (1 − beta2) · dw²,  v = 0 at first
//   w = w − rate · m / (1 − beta1ᵗ) / (√(v / (1 − beta2ᵗ)) + epsilon)    at step t = 1, 2, …
// Source:  Kingma, Ba 2015, algorithm 1
// Shapes:  elementwise
// Options: beta1, beta2      real ≥ 0 and < 1, default 0.9 and 0.999
//          epsilon           real > 0, default 1e-8
//          l2, weight_decay  real ≥ 0, default 0 (core/optimizer.h)
// Errors:  none beyond its options
#include "core/moment_optimizer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

const Register<Optimizer> kAdam{
    "adam", "adam: {beta2: 0.99}", "w = w - rate * mean(dw) / (rms(dw) + epsilon)",
    [](Options& options) { return std::make_unique<MomentOptimizer>(options); }};

}  // namespace
}  // namespace nnrun

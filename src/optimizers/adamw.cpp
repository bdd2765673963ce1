// adamw: adam whose decay of the weights is apart from its gradients.
//   w = w − rate · weight_decay · w, then the step of adam
// Source:  Loshchilov, Hutter 2019, algorithm 2, in PyTorch's form: the decay is multiplied by the rate
// Shapes:  elementwise
// Options: weight_decay      real ≥ 0, default 0.01
//          beta1, beta2      real ≥ 0 and < 1, default 0.9 and 0.999
//          epsilon           real > 0, default 1e-8
//          l2                real ≥ 0, default 0 (core/optimizer.h)
// Errors:  none beyond its options
#include "core/moment_optimizer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

constexpr double kWeightDecay = 0.01;

const Register<Optimizer> kAdamw{
    "adamw", "adamw: {weight_decay: 0.01}",
    "adam with weight_decay 0.01, which is decoupled from its gradients",
    [](Options& options) { return std::make_unique<MomentOptimizer>(options, kWeightDecay); }};

}  // namespace
}  // namespace nnrun

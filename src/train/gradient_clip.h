// How gradients are kept from being too large.
#pragma once

namespace nnrun {

/// What is done to the gradient of a batch before the optimizer has it.
struct GradientClip {
  enum class By {
    kNothing,
    kNorm,  ///< g · min(1, limit / (‖g‖ + 10⁻⁶)), ‖g‖ over all trained parameters of the run
            ///< Source: Pascanu, Mikolov, Bengio 2013, algorithm 1
    kValue,  ///< each element between −limit and limit
  };
  By by = By::kNothing;
  double limit = 0;
};

}  // namespace nnrun

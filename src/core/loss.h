// What training makes small: a mean over samples.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/targets.h"

namespace nnrun {

class Loss {
 public:
  static constexpr const char* kKind = "loss";
  virtual ~Loss() = default;

  /// Why this loss cannot be used at such an end of a network, or nothing when it can.
  virtual std::optional<std::string> misfit(const NetworkEnd& end) const = 0;

  /// The last activation that this loss is differentiated jointly with ("softmax"), so that
  /// `gradient` gives dz instead of da; empty when there is none.
  virtual std::string_view joint_activation() const { return {}; }

  /// What its mean over samples is counted in, as an axis is labelled: "nats per sample".
  virtual std::string_view unit() const = 0;

  /// The sum of the samples' losses; the caller divides by the number of samples.
  virtual double sum(const Prediction& prediction, const Targets& targets) const = 0;

  /// `scale` times the gradient of each sample's loss with respect to its outputs [N, K], or to its
  /// logits when there is a joint activation. `scale` is 1 / (samples of the batch).
  virtual void gradient(const Prediction& prediction, const Targets& targets, Scalar scale,
                        MatrixView d) const = 0;
};

}  // namespace nnrun

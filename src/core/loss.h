// What training makes small: a mean or a sum over samples.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/options.h"
#include "core/targets.h"

namespace nnrun {

class Loss {
 public:
  static constexpr const char* kKind = "loss";

  /// Reads `reduction`. mean: the loss of a batch is the mean over its samples and, in losses that look at
  /// each output, over the outputs; sum: it is the sum over them.
  explicit Loss(Options& options)
      : sums_(options.choice("reduction", {"mean", "sum"}, "mean") == "sum") {}
  virtual ~Loss() = default;

  /// Whether samples and outputs are added up instead of averaged.
  bool sums() const { return sums_; }
  /// The loss of a batch of so many samples, from the sum of theirs.
  double of_batch(double sum, std::size_t samples) const {
    return sums_ ? sum : sum / static_cast<double>(samples);
  }
  /// What each sample's gradient counts in that of such a batch.
  Scalar gradient_scale(std::size_t samples) const {
    return sums_ ? Scalar{1} : Scalar{1} / static_cast<Scalar>(samples);
  }

  /// Why this loss cannot be used at such an end of a network, or nothing when it can.
  virtual std::optional<std::string> misfit(const NetworkEnd& end) const = 0;

  /// Whether this loss is differentiated jointly with such a last activation, so that `gradient`
  /// gives dz instead of da.
  virtual bool is_joint(Link /*last*/) const { return false; }

  /// What it is counted in: "nats".
  virtual std::string_view unit() const = 0;

  /// What the loss of a batch is counted in, as an axis is labelled: "nats per sample" where it is a
  /// mean, "nats" where it is a sum.
  std::string batch_unit(bool sums) const {
    return std::string(unit()) + (sums ? "" : " per sample");
  }

  /// The sum of the samples' losses; for a mean the caller divides by the number of samples.
  virtual double sum(const Prediction& prediction, const Targets& targets) const = 0;

  /// `scale` times the gradient of each sample's loss with respect to its outputs [N, K], or to its
  /// logits when it is joint with the last activation. `scale` is 1 / (samples of the batch), or 1
  /// when the loss is a sum.
  virtual void gradient(const Prediction& prediction, const Targets& targets, Scalar scale,
                        MatrixView d) const = 0;

 protected:
  /// What a sum over K outputs is divided by: K for a mean, 1 for a sum.
  std::size_t divisor(std::size_t outputs) const { return sums_ ? 1 : outputs; }

 private:
  bool sums_;
};

}  // namespace nnrun

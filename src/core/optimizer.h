// How a gradient changes the parameters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/tensor.h"
#include "config/options.h"

namespace nnrun {

/// What an optimizer remembers of some parameters: `slots()` scalars of each, zero at first.
class OptimizerState {
 public:
  OptimizerState() = default;
  /// Of `size` parameters from `from` on: each slot of `all` has `stride` scalars. An optimizer without a
  /// state has none.
  OptimizerState(std::span<Scalar> all, std::size_t from, std::size_t stride, std::size_t size)
      : first_(all.empty() ? nullptr : &all[from]), stride_(stride), size_(size) {}

  std::span<Scalar> operator[](std::size_t slot) const { return {first_ + slot * stride_, size_}; }

 private:
  Scalar* first_ = nullptr;
  std::size_t stride_ = 0;
  std::size_t size_ = 0;
};

/// What a running mean keeps of itself at each step: 0 up to, but not, 1.
inline RealBounds kept_share() { return {.least = 0, .most = 1, .open_most = true}; }

/// Works on any slice of the parameters, each element for itself, so that slices can be done in
/// parallel without changing a bit; but for one that `is_whole`.
class Optimizer {
 public:
  static constexpr const char* kKind = "optimizer";

  /// Reads what all have: `l2` and `weight_decay`, which has a default of its own in some.
  explicit Optimizer(Options& options, double weight_decay = 0)
      : l2_(options.real("l2", not_negative(), 0.0)),
        weight_decay_(options.real("weight_decay", not_negative(), weight_decay)) {}
  virtual ~Optimizer() = default;

  /// L2 regularisation: l2 · w is added to the gradient of w before the step is computed from it.
  double l2() const { return l2_; }
  /// Decoupled decay: w becomes w − rate · weight_decay · w before the step.
  /// Source: Loshchilov, Hutter 2019
  double weight_decay() const { return weight_decay_; }

  /// Scalars that it remembers of each parameter.
  virtual std::size_t slots() const { return 0; }

  /// Whether a step needs all parameters of the run at once; then there is one slice, and training is
  /// full batch.
  virtual bool is_whole() const { return false; }
  /// Numbers that it remembers of all parameters together, zero at first; of one that is whole.
  virtual std::size_t numbers() const { return 0; }

  struct Step {
    double rate = 0;
    std::uint64_t update = 1;  ///< the number of this step, from 1 on
    std::span<Scalar> parameters;
    std::span<const Scalar> gradient;  ///< of the batch's loss, with clipping and l2
    OptimizerState state;
    std::span<double> numbers;
  };
  virtual void step(const Step& step) const = 0;

 protected:
  Optimizer() = default;  ///< no regularisation

 private:
  double l2_ = 0;
  double weight_decay_ = 0;
};

}  // namespace nnrun

// A batch that goes through a network as one block, whatever its layers need.
#pragma once

#include <span>
#include <vector>

#include "train/network.h"

namespace nnrun {

/// What a pass does with all its shards, for few samples: to check gradients, and to test layers.
class WholeBatch {
 public:
  /// x [N, D]; `facts.rows` and `facts.first_row` are set to those of the block.
  WholeBatch(const Network& network, std::span<const Scalar> parameters, ConstMatrixView x,
             PassFacts facts = {});
  WholeBatch(const WholeBatch&) = delete;
  WholeBatch& operator=(const WholeBatch&) = delete;
  WholeBatch(WholeBatch&&) = delete;
  WholeBatch& operator=(WholeBatch&&) = delete;
  ~WholeBatch() = default;

  Prediction forward();
  /// After forward: adds to `gradient`, of all parameters.
  void backward(const BlockLoss& loss, std::span<Scalar> gradient);
  /// What layers needed of all samples, for Network::remember.
  std::span<const double> sums() const { return sums_; }

 private:
  bool in_steps() const { return block_.facts.train && network_.sums() > 0; }

  const Network& network_;
  Workspace workspace_;
  std::vector<double> sums_;
  std::vector<double> backward_sums_;
  Block block_;
};

}  // namespace nnrun

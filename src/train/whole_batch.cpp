#include "train/whole_batch.h"

#include <algorithm>

namespace nnrun {

WholeBatch::WholeBatch(const Network& network, std::span<const Scalar> parameters,
                       ConstMatrixView x, PassFacts facts)
    : network_(network), sums_(network.sums()), backward_sums_(network.sums()) {
  facts.rows = x.rows();
  facts.first_row = 0;
  block_ = {parameters, x, &workspace_, facts, sums_, backward_sums_};
}

Prediction WholeBatch::forward() {
  if (!in_steps()) return network_.forward(block_);
  std::fill(sums_.begin(), sums_.end(), 0);
  for (std::size_t step = 0; step < network_.steps(); ++step) {
    network_.forward_step(step, block_, sums_);
  }
  return network_.prediction(block_);
}

void WholeBatch::backward(const BlockLoss& loss, std::span<Scalar> gradient) {
  if (!in_steps()) return network_.backward(block_, network_.prediction(block_), loss, gradient);
  std::fill(backward_sums_.begin(), backward_sums_.end(), 0);
  for (std::size_t step = network_.steps(); step > 0; --step) {
    network_.backward_step(step - 1, block_, loss, backward_sums_, gradient);
  }
}

}  // namespace nnrun

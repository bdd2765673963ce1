// A trained network on samples, given them as its training was.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "train/active_runs.h"
#include "train/feed.h"
#include "train/pass.h"
#include "train/tally.h"

namespace nnrun {

/// Measures come out bit for bit as in training with one kernel, at any number of threads.
class Evaluator {
 public:
  /// All of them must live as long.
  Evaluator(const Model& model, std::span<const Scalar> parameters, const Fitted& fitted,
            ShardRule shards, const Pool& pool);

  /// What the measures of the model add up to over the samples at `positions`, in this order; with a
  /// confusion matrix.
  Tally measure(const Samples& samples, std::vector<std::uint32_t> positions);
  /// The network's outputs for each of them, [N, K].
  std::vector<Scalar> outputs(const Samples& samples, std::vector<std::uint32_t> positions);

 private:
  Tally pass(const Model& model, const Samples& samples, std::vector<std::uint32_t> positions,
             std::size_t confusion_of);

  const Model& model_;
  ShardRule shards_;
  std::span<const Scalar> parameters_;
  PassRunner passes_;
  const Pool& pool_;
  const Fitted& fitted_;
};

}  // namespace nnrun

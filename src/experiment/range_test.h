// The learning rate range test: which rates a run can be trained at, from one short training.
//
// The rate rises from one update to the next by the same factor,
//   rate(u) = from · (to / from)^(u / (steps − 1)),  u = 0 … steps − 1,
// and the loss of each update's batch is what the network of the updates before it comes to: of all training samples
// in full batch. It ends where the loss is not finite, or more than four times its least.
// Source: Smith 2017, section 3.3
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/parallel.h"
#include "experiment/spec.h"

namespace nnrun {

struct RangeOptions {
  double from = 1e-5;
  double to = 10;
  std::size_t steps = 100;  ///< updates
};

struct RangeStep {
  double rate = 0;
  double loss = 0;
  /// Of mini-batches the mean over the steps about it, which weigh less the farther they are; in full batch the
  /// loss itself, which has no noise.
  double smoothed = 0;
};

struct RangeTest {
  std::vector<RangeStep> steps;
  bool rose = false;  ///< it ended early: the loss rose to four times its least, or was not finite

  /// Where the smoothed loss is least.
  std::size_t least() const;
  /// Where it falls fastest with the logarithm of the rate, before that; none where it does not fall.
  std::optional<std::size_t> steepest() const;
};

/// Trains the experiment's network once; nothing of it is kept. Layers with a learning rate of their own keep it.
/// Throws an Error where its optimizer takes no step of a given rate, and where no loss is finite.
RangeTest test_range(const Experiment& experiment, const RangeOptions& options, const Pool& pool);

/// Fills in the smoothed losses, over about a tenth of so many steps.
void smooth(std::vector<RangeStep>& steps, std::size_t planned);

}  // namespace nnrun

#include "experiment/runner.h"
#include "train/pass.h"

namespace nnrun {

std::size_t run_bytes(const Experiment& experiment) {
  const Model& model = experiment.model;
  const Network& network = model.network;
  const std::size_t samples =
      split_counts(experiment.feed.split, experiment.data.facts.train).train;
  const std::size_t size = experiment.feed.batch_size;
  const std::size_t batch = size == 0 ? samples : std::min(size, samples);
  const std::size_t features = elements(experiment.data.facts.sample);
  // Of parameters: themselves, the first layer's once more for the kernels, the gradient of each shard and
  // where it is needed at once their sum, and what the optimizer remembers.
  const std::size_t copies = 1 + shard_count(batch, experiment.feed.smallest_shard) +
                             (model.needs_whole_gradient() ? 1 : 0) + model.optimizer->slots();
  std::size_t scalars = network.parameter_count() * copies + network.first_parameters();
  scalars += network.workspace_size(ByteBlocks::kBlockSamples);
  // In steps, all samples of a batch are under way at once, as numbers.
  if (network.sums() > 0) scalars += network.workspace_size(batch) + batch * features;
  std::size_t numbers = model.optimizer->numbers() + network.sums();
  // What metrics keep of each sample: once in the shards, and once where they are put together.
  for (const MeasuredBy& measured : model.metrics) {
    numbers += 2 * measured.metric->numbers_per_sample(elements(network.output())) *
               experiment.data.facts.train;
  }
  return scalars * sizeof(Scalar) + numbers * sizeof(double);
}

}  // namespace nnrun

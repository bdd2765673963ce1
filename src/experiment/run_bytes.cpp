#include "experiment/run_bytes.h"

#include <algorithm>

#include "train/shards.h"

namespace nnrun {

std::size_t batch_samples(const Experiment& experiment) {
  const std::size_t samples =
      split_counts(experiment.feed.split, experiment.data.facts.train).train;
  const std::size_t size = experiment.feed.batch_size;
  return size == 0 ? samples : std::min(size, samples);
}

double run_bytes(const Experiment& experiment) {
  const Model& model = experiment.model;
  const Network& network = model.network;
  // Of parameters: themselves, the first layer's once more for the kernels, the gradient of each shard and
  // where it is needed at once their sum, what the optimizer remembers, and those of the best epochs.
  const std::size_t copies = 1 + experiment.feed.shards.count(batch_samples(experiment)) +
                             (model.needs_whole_gradient() ? 1 : 0) + model.optimizer->slots() +
                             (model.stop.restores_best() ? 1 : 0) + (model.keep_best ? 1 : 0);
  const double scalars =
      static_cast<double>(network.parameter_count()) * static_cast<double>(copies) +
      static_cast<double>(network.first_parameters());
  auto numbers = static_cast<double>(model.optimizer->numbers() + network.sums());
  // What metrics keep of each sample: once in the shards, and once where they are put together.
  for (const MeasuredBy& measured : model.metrics) {
    const auto kept = measured.metric->numbers_per_sample(elements(network.output()));
    numbers += 2 * static_cast<double>(kept) * static_cast<double>(experiment.data.facts.train);
  }
  const double row =
      sizeof(EpochRecord) + 2 * static_cast<double>(model.measures().size() * sizeof(double));
  return scalars * sizeof(Scalar) + numbers * sizeof(double) +
         static_cast<double>(experiment.epochs + 1) * row;
}

}  // namespace nnrun

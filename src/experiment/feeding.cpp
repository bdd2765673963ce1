#include "experiment/feeding.h"

#include <fmt/format.h>

#include <algorithm>

namespace nnrun {

namespace {

std::size_t training_samples(const Experiment& experiment) {
  return split_counts(experiment.feed.split, experiment.data.facts.train).train;
}

void check_batches(const Experiment& experiment, const Options& top) {
  const Network& network = experiment.model.network;
  if (network.fewest_rows() < 2) return;
  const std::size_t samples = training_samples(experiment);
  const std::size_t batch = std::min(experiment.feed.batch_size, samples);
  const bool full = batch == 0;
  const std::size_t last = full ? samples : samples % batch == 0 ? batch : samples % batch;
  if (last >= network.fewest_rows()) return;
  top.fail(
      "batch_size",
      fmt::format("{} has {} of {} training samples, but {} needs at least {} to be trained on",
                  full            ? "the full batch"
                  : last == batch ? "every batch"
                                  : "the last batch of an epoch",
                  last, samples, network.needs_most_rows(), network.fewest_rows()));
}

void check_warm_up(const Experiment& experiment, const Options& top) {
  const std::size_t samples = training_samples(experiment);
  const std::size_t size = experiment.feed.batch_size;
  const std::size_t updates = size == 0 ? 1 : (samples + size - 1) / size;
  const auto check = [&](const char* key, const std::string& whose, const Schedule* schedule) {
    const auto why = schedule ? schedule->misfit(experiment.epochs, updates) : std::nullopt;
    if (why) top.fail(key, whose + *why);
  };
  check("learning_rate", "", experiment.model.learning_rate.get());
  for (const NetworkParameter& parameter : experiment.model.network.parameters()) {
    check("network", parameter.name + ": ", parameter.declared.rule.learning_rate.get());
  }
}

}  // namespace

void check_feeding(const Experiment& experiment, bool shapes_known, const Options& top) {
  if (shapes_known) check_batches(experiment, top);
  check_warm_up(experiment, top);
}

}  // namespace nnrun

#include "train/active_runs.h"

#include <algorithm>

namespace nnrun {

void ActiveRuns::assign(std::vector<ActiveRun> runs) {
  runs_ = std::move(runs);
  bundles_.clear();
  std::vector<std::size_t> coupled;
  std::vector<std::size_t> numbers;
  std::vector<std::size_t> neurons;
  std::vector<std::size_t> layers;
  for (std::size_t place = 0; place < runs_.size(); ++place) {
    const Network& network = runs_[place].model->network;
    const std::size_t units = sparse_ ? network.affine_units() : 0;
    auto& others = units == 0 ? numbers : units == 1 ? neurons : layers;
    (network.sums() > 0 ? coupled : others).push_back(place);
  }
  if (!coupled.empty()) add_bundle(coupled, false);
  if (!numbers.empty()) add_bundle(numbers, false);
  bundle_bytes(neurons, FirstLayers::neurons());
  // Narrow first layers share a panel. More than that would push each other out of the cache.
  bundle_bytes(layers, FirstLayers::panel_columns());
}

void ActiveRuns::bundle_bytes(const std::vector<std::size_t>& places, std::size_t most_columns) {
  std::vector<std::size_t> together;
  std::size_t columns = 0;
  for (const std::size_t place : places) {
    const std::size_t units = runs_[place].model->network.affine_units();
    if (!together.empty() && columns + units > most_columns) {
      add_bundle(std::exchange(together, {}), true);
      columns = 0;
    }
    together.push_back(place);
    columns += units;
  }
  if (!together.empty()) add_bundle(together, true);
}

void ActiveRuns::add_bundle(const std::vector<std::size_t>& places, bool bytes) {
  Bundle bundle;
  std::vector<std::size_t> units;
  for (const std::size_t place : places) {
    ActiveRun& run = runs_[place];
    bundle.runs.push_back({run.model, run.parameters, &run.shard_gradients, &run.sums, place});
    bundle.coupled = run.model->network.sums() > 0;
    units.push_back(run.model->network.affine_units());
  }
  if (bytes) bundle.first_layers = std::make_unique<FirstLayers>(scaling_, units);
  for (std::size_t i = 0; i < places.size(); ++i) {
    ActiveRun& run = runs_[places[i]];
    run.first_layers = bundle.first_layers.get();
    run.first_layer = i;
    if (!bytes) continue;
    run.first_layers->pack(i, run.parameters, 0, run.first_layers->features());
    run.first_layers->pack_bias(i, run.parameters);
  }
  bundles_.push_back(std::move(bundle));
}

std::vector<ActiveRun> ActiveRuns::take_ended() {
  const auto has_ended = [](const ActiveRun& run) { return run.ended; };
  if (std::none_of(runs_.begin(), runs_.end(), has_ended)) return {};
  std::vector<ActiveRun> ended;
  std::vector<ActiveRun> others;
  for (ActiveRun& run : runs_) (run.ended ? ended : others).push_back(std::move(run));
  assign(std::move(others));
  return ended;
}

void ActiveRuns::reserve(std::size_t shards) {
  const RankShare mine = ranks().share(shards);
  for (ActiveRun& run : runs_) {
    run.shard_gradients.resize(std::max(run.shard_gradients.size(), shards));
    for (std::size_t s = mine.begin; s < mine.end; ++s) {
      run.shard_gradients[s].resize(run.parameters.size() - run.bundled());
    }
    if (run.first_layers != nullptr) run.first_layers->reserve(shards, mine);
  }
}

}  // namespace nnrun

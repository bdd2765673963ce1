#include "train/active_runs.h"

#include <algorithm>
#include <atomic>

#include "math/elementwise.h"

namespace nnrun {

namespace {

/// Parameters that one worker updates at a time: few enough that they stay in the fastest cache from
/// the sum of their gradients to the packed weights.
constexpr std::size_t kSlice = 4096;

/// Parameters that the bundle's first layers have.
std::size_t bundled(const ActiveRun& run) {
  return run.first_layers == nullptr ? 0 : run.model->network.first_parameters();
}

/// The bias of a run in the bundle's first layers.
std::span<Scalar> bias_of_first(ActiveRun& run) {
  const std::size_t units = run.model->network.affine_units();
  return std::span(run.parameters).subspan(bundled(run) - units, units);
}

void note_non_finite(ActiveRun& run) {
  for (const NetworkParameter& parameter : run.model->network.parameters()) {
    if (all_finite(std::span(run.parameters).subspan(parameter.offset, parameter.size))) continue;
    run.non_finite = parameter.name;
    return;
  }
}

}  // namespace

/// Parameters [from, to) of a run. Where `units` is not 0 they are weights of bundled first layers,
/// whole features of so many units.
struct ActiveRuns::Slice {
  ActiveRun* run;
  std::size_t from;
  std::size_t to;
  std::size_t units;
};

void ActiveRuns::assign(std::vector<ActiveRun> runs) {
  runs_ = std::move(runs);
  bundles_.clear();
  std::vector<std::size_t> numbers;
  std::vector<std::size_t> neurons;
  std::vector<std::size_t> layers;
  for (std::size_t place = 0; place < runs_.size(); ++place) {
    const std::size_t units = sparse_ ? runs_[place].model->network.affine_units() : 0;
    (units == 0 ? numbers : units == 1 ? neurons : layers).push_back(place);
  }
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
    bundle.runs.push_back({run.model, run.parameters, &run.shard_gradients, place});
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
  for (ActiveRun& run : runs_) {
    run.shard_gradients.resize(std::max(run.shard_gradients.size(), shards));
    for (auto& gradient : run.shard_gradients) {
      gradient.resize(run.parameters.size() - bundled(run));
    }
    if (run.first_layers != nullptr) run.first_layers->reserve(shards);
  }
}

std::vector<ActiveRuns::Slice> ActiveRuns::cut() {
  std::vector<Slice> slices;
  const auto add = [&](ActiveRun& run, std::size_t from, std::size_t to, std::size_t size,
                       std::size_t units) {
    for (; from < to; from += size)
      slices.push_back({&run, from, std::min(from + size, to), units});
  };
  for (ActiveRun& run : runs_) {
    if (run.ended) continue;
    if (run.first_layers != nullptr) {
      const std::size_t units = run.model->network.affine_units();
      const std::size_t weights = run.first_layers->features() * units;
      add(run, 0, weights, std::max<std::size_t>(kSlice / units, 1) * units, units);
    }
    add(run, bundled(run), run.parameters.size(), kSlice, 0);
  }
  return slices;
}

void ActiveRuns::step_bias(ActiveRun& run, std::size_t shards) {
  run.bias_gradient.resize(run.model->network.affine_units());
  run.first_layers->reduce_bias(run.first_layer, shards, run.bias_gradient);
  run.model->optimizer->step(run.learning_rate, bias_of_first(run), run.bias_gradient);
}

void ActiveRuns::step_slice(const Slice& slice, std::size_t shards, AlignedScalars& gradient) {
  ActiveRun& run = *slice.run;
  const std::size_t size = slice.to - slice.from;
  const bool packed = slice.units > 0;
  const std::size_t first = packed ? slice.from / slice.units : 0;
  const std::size_t last = packed ? slice.to / slice.units : 0;
  gradient.resize(size);
  if (packed) {
    run.first_layers->reduce(run.first_layer, shards, first, last, run.bias_gradient, gradient);
  } else {
    std::fill(gradient.begin(), gradient.end(), Scalar{0});
    for (std::size_t s = 0; s < shards; ++s) {
      add(gradient, std::span(run.shard_gradients[s]).subspan(slice.from - bundled(run), size));
    }
  }
  run.model->optimizer->step(run.learning_rate, std::span(run.parameters).subspan(slice.from, size),
                             gradient);
  if (packed) run.first_layers->pack(run.first_layer, run.parameters, first, last);
}

void ActiveRuns::step(std::size_t shards) {
  for (ActiveRun& run : runs_) {
    if (!run.ended && run.first_layers != nullptr) step_bias(run, shards);
  }
  const auto slices = cut();
  std::atomic<bool> all_good = true;
  pool_.for_each(slices.size(), [&](std::size_t index, std::size_t worker) {
    const Slice& slice = slices[index];
    step_slice(slice, shards, gradients_[worker]);
    const std::span<const Scalar> stepped(slice.run->parameters);
    if (!all_finite(stepped.subspan(slice.from, slice.to - slice.from))) all_good = false;
  });
  for (ActiveRun& run : runs_) {
    if (run.first_layers != nullptr) {
      run.first_layers->pack_bias(run.first_layer, run.parameters);
      if (!all_finite(bias_of_first(run))) all_good = false;
    }
    if (!all_good && run.non_finite.empty()) note_non_finite(run);
  }
}

}  // namespace nnrun

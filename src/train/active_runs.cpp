#include "train/active_runs.h"

#include <algorithm>
#include <atomic>

#include "math/elementwise.h"

namespace nnrun {

namespace {

/// Parameters that one worker updates at a time.
constexpr std::size_t kSlice = 16384;

/// Parameters that the bundle's first layers have.
std::size_t bundled(const ActiveRun& run) {
  return run.first_layers == nullptr ? 0 : run.model->network.first_parameters();
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
  std::vector<std::size_t> bytes;
  for (std::size_t place = 0; place < runs_.size(); ++place) {
    const bool affine = runs_[place].model->network.affine_units() > 0;
    (sparse_ && affine ? bytes : numbers).push_back(place);
  }
  if (!numbers.empty()) add_bundle(numbers, false);
  bundle_bytes(bytes);
}

void ActiveRuns::bundle_bytes(const std::vector<std::size_t>& places) {
  // Narrow first layers share a panel. More than that would push each other out of the cache.
  std::vector<std::size_t> together;
  std::size_t columns = 0;
  for (const std::size_t place : places) {
    const std::size_t units = runs_[place].model->network.affine_units();
    if (!together.empty() && columns + units > FirstLayers::panel_columns()) {
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
    run.gradient.resize(run.parameters.size());
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
    std::size_t weights = 0;
    if (run.first_layers != nullptr) {
      const std::size_t units = run.model->network.affine_units();
      weights = run.first_layers->features() * units;
      add(run, 0, weights, std::max<std::size_t>(kSlice / units, 1) * units, units);
    }
    add(run, weights, run.parameters.size(), kSlice, 0);
  }
  return slices;
}

void ActiveRuns::step_slice(const Slice& slice, std::size_t shards) {
  ActiveRun& run = *slice.run;
  const auto gradient = std::span(run.gradient).subspan(slice.from, slice.to - slice.from);
  if (slice.units > 0) {
    run.first_layers->reduce(run.first_layer, shards, slice.from / slice.units,
                             slice.to / slice.units, run.gradient);
  } else {
    const std::size_t from = std::max(slice.from, bundled(run));  // the bias is there already
    const auto sum = gradient.subspan(std::min(from - slice.from, gradient.size()));
    std::fill(sum.begin(), sum.end(), Scalar{0});
    for (std::size_t s = 0; s < shards && !sum.empty(); ++s) {
      add(sum, std::span(run.shard_gradients[s]).subspan(from - bundled(run), sum.size()));
    }
  }
  run.model->optimizer->step(
      run.learning_rate, std::span(run.parameters).subspan(slice.from, gradient.size()), gradient);
  if (slice.units > 0) {
    run.first_layers->pack(run.first_layer, run.parameters, slice.from / slice.units,
                           slice.to / slice.units);
  }
}

void ActiveRuns::step(std::size_t shards) {
  for (ActiveRun& run : runs_) {
    if (!run.ended && run.first_layers != nullptr) {
      run.first_layers->reduce_bias(run.first_layer, shards, run.gradient);
    }
  }
  const auto slices = cut();
  std::atomic<bool> all_good = true;
  pool_.for_each(slices.size(), [&](std::size_t index, std::size_t /*worker*/) {
    const Slice& slice = slices[index];
    step_slice(slice, shards);
    const std::span<const Scalar> stepped(slice.run->parameters);
    if (!all_finite(stepped.subspan(slice.from, slice.to - slice.from))) all_good = false;
  });
  for (ActiveRun& run : runs_) {
    if (run.first_layers != nullptr) {
      run.first_layers->pack_bias(run.first_layer, run.parameters);
    }
    if (!all_good && run.non_finite.empty()) note_non_finite(run);
  }
}

}  // namespace nnrun

#include "train/stepper.h"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "math/elementwise.h"

namespace nnrun {

namespace {

/// Parameters that one worker updates at a time: few enough that they stay in the fastest cache from
/// the sum of their gradients to the packed weights.
constexpr std::size_t kSlice = 4096;

void note_non_finite(ActiveRun& run) {
  for (const NetworkParameter& parameter : run.model->network.parameters()) {
    if (all_finite(std::span(run.parameters).subspan(parameter.offset, parameter.size))) continue;
    run.non_finite = parameter.name;
    return;
  }
}

/// What is done to parameters and their gradient before the optimizer has them.
void prepare(const Model& model, double rate, std::span<Scalar> parameters,
             std::span<Scalar> gradient) {
  if (model.clip.by == GradientClip::By::kValue) {
    const auto limit = static_cast<Scalar>(model.clip.limit);
    for (Scalar& value : gradient) value = std::clamp(value, -limit, limit);
  }
  const Optimizer& optimizer = *model.optimizer;
  if (optimizer.l2() > 0) descend(gradient, static_cast<Scalar>(-optimizer.l2()), parameters);
  if (optimizer.weight_decay() > 0) {
    const auto kept = static_cast<Scalar>(1 - rate * optimizer.weight_decay());
    for (Scalar& value : parameters) value *= kept;
  }
}

/// What the whole gradient is multiplied with.
Scalar clip_factor(const GradientClip& clip, double squares) {
  if (clip.by != GradientClip::By::kNorm) return 1;
  constexpr double kNoDivisionByZero = 1e-6;  // as PyTorch's clip_grad_norm_
  return static_cast<Scalar>(std::min(clip.limit / (std::sqrt(squares) + kNoDivisionByZero), 1.0));
}

double sum_of_squares(std::span<const Scalar> values) {
  double sum = 0;
  for (const Scalar value : values) sum += static_cast<double>(value) * static_cast<double>(value);
  return sum;
}

}  // namespace

void Stepper::cut(ActiveRun& run, std::vector<ParameterSlice>& slices) {
  const std::size_t bundled = run.bundled();
  const std::size_t units = bundled == 0 ? 0 : run.model->network.affine_units();
  const auto add = [&](const RateRange& range, ParameterSlice::Kind kind, std::size_t from,
                       std::size_t to, std::size_t size) {
    from = std::max(from, range.from);
    to = std::min(to, range.to);
    for (; from < to; from += size) {
      slices.push_back(
          {&run, kind, from, std::min(from + size, to), run.rates.rate(range.schedule)});
    }
  };
  for (const RateRange& range : run.rates.ranges()) {
    if (bundled > 0) {
      const std::size_t whole_features = std::max<std::size_t>(kSlice / units, 1) * units;
      add(range, ParameterSlice::Kind::kPackedWeights, 0, bundled - units, whole_features);
      add(range, ParameterSlice::Kind::kPackedBias, bundled - units, bundled, units);
    }
    add(range, ParameterSlice::Kind::kOwn, bundled, run.parameters.size(), kSlice);
  }
}

void Stepper::gather(const ParameterSlice& slice, std::size_t index, std::size_t shards,
                     std::span<Scalar> gradient) const {
  const ActiveRun& run = *slice.run;
  const bool here = ranks().alone();
  if (slice.kind == ParameterSlice::Kind::kPackedBias) {
    std::copy(run.bias_gradient.begin(), run.bias_gradient.end(), gradient.begin());
  } else if (slice.kind == ParameterSlice::Kind::kOwn && here) {
    std::fill(gradient.begin(), gradient.end(), Scalar{0});
    slice.add_shards({0, shards}, gradient);
  } else if (slice.kind == ParameterSlice::Kind::kOwn) {
    const auto sums = sums_.of(index);
    std::copy(sums.begin(), sums.end(), gradient.begin());
  } else if (here) {
    run.first_layers->reduce(run.first_layer, shards, slice.first_feature(), slice.last_feature(),
                             run.bias_gradient, gradient);
  } else {
    run.first_layers->scale(slice.first_feature(), run.bias_gradient, sums_.of(index), gradient);
  }
}

/// Leaves the whole gradient, clipped, in those runs that need it.
void Stepper::gather_whole(std::span<ParameterSlice> slices, std::size_t shards) {
  pool_.for_each(slices.size(), [&](std::size_t index, std::size_t /*worker*/) {
    ParameterSlice& slice = slices[index];
    if (!slice.run->model->needs_whole_gradient()) return;
    gather(slice, index, shards, slice.of(slice.run->gradient));
    slice.squares = sum_of_squares(slice.of(slice.run->gradient));
  });
  for (std::size_t first = 0; first < slices.size();) {
    ActiveRun& run = *slices[first].run;
    double squares = 0;
    for (; first < slices.size() && slices[first].run == &run; ++first) {
      squares += slices[first].squares;
    }
    const Scalar factor = clip_factor(run.model->clip, squares);
    if (factor == 1) continue;
    for (Scalar& value : run.gradient) value *= factor;
  }
}

void Stepper::step_slice(const ParameterSlice& slice, std::uint64_t update,
                         std::span<Scalar> gradient) {
  ActiveRun& run = *slice.run;
  const Model& model = *run.model;
  const auto parameters = slice.of(run.parameters);
  prepare(model, slice.rate, parameters, gradient);
  if (model.optimizer->is_whole()) return;  // it steps when all is prepared
  const OptimizerState state(run.optimizer_state, slice.from, run.parameters.size(), slice.size());
  model.optimizer->step({slice.rate, update, parameters, gradient, state, {}});
  if (slice.kind == ParameterSlice::Kind::kPackedWeights) {
    run.first_layers->pack(run.first_layer, run.parameters, slice.first_feature(),
                           slice.last_feature());
  }
}

void Stepper::step_whole(ActiveRun& run, std::uint64_t update) {
  const std::size_t size = run.parameters.size();
  run.model->optimizer->step({run.rates.rate(), update, run.parameters, run.gradient,
                              OptimizerState(run.optimizer_state, 0, size, size),
                              run.optimizer_numbers});
  if (run.first_layers == nullptr) return;
  run.first_layers->pack(run.first_layer, run.parameters, 0, run.first_layers->features());
}

void Stepper::finish(ActiveRun& run, std::size_t samples, std::uint64_t update, bool all_good) {
  const Network& network = run.model->network;
  if (run.model->optimizer->is_whole()) step_whole(run, update);
  if (run.first_layers != nullptr) run.first_layers->pack_bias(run.first_layer, run.parameters);
  network.remember(run.sums, samples, run.parameters);
  const bool good = all_good && !run.model->optimizer->is_whole() && network.sums() == 0;
  if (!good && run.non_finite.empty()) note_non_finite(run);
}

void Stepper::step(std::span<ActiveRun> runs, const Shards& samples, std::uint64_t update) {
  const std::size_t shards = samples.count();
  std::vector<ParameterSlice> slices;
  bool any_whole = false;
  for (ActiveRun& run : runs) {
    if (run.ended) continue;
    cut(run, slices);
    if (run.first_layers != nullptr && ranks().alone()) {
      run.bias_gradient.assign(run.model->network.affine_units(), 0);
      run.first_layers->add_bias(run.first_layer, {0, shards}, run.bias_gradient);
    }
    if (!run.model->needs_whole_gradient()) continue;
    any_whole = true;
    run.gradient.assign(run.parameters.size(), 0);
  }
  if (!ranks().alone()) sums_.add_up(runs, slices, shards);
  if (any_whole) gather_whole(slices, shards);
  std::atomic<bool> all_good = true;
  pool_.for_each(slices.size(), [&](std::size_t index, std::size_t worker) {
    const ParameterSlice& slice = slices[index];
    ActiveRun& run = *slice.run;
    auto& scratch = gradients_[worker];
    const bool whole = run.model->needs_whole_gradient();
    if (!whole) {
      scratch.resize(std::max(scratch.size(), slice.size()));
      gather(slice, index, shards, std::span(scratch).first(slice.size()));
    }
    step_slice(slice, update,
               whole ? slice.of(run.gradient) : std::span(scratch).first(slice.size()));
    if (!all_finite(slice.of(run.parameters))) all_good = false;
  });
  for (ActiveRun& run : runs) {
    if (!run.ended) finish(run, samples.positions().size(), update, all_good);
  }
}

}  // namespace nnrun

#include "train/hidden_units.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "train/network.h"

namespace nnrun {

namespace {

/// Within these outputs a layer is not at its limits.
Layer::Limits margins(const Layer::Limits& limits) {
  constexpr Scalar kNear = Scalar{1} / 100;
  if (!std::isfinite(limits.upper)) return limits;
  const Scalar margin = kNear * (limits.upper - limits.lower);
  return {limits.lower + margin, limits.upper - margin};
}

}  // namespace

bool HiddenUnits::squeezes() const { return std::isfinite(limits.upper); }

double HiddenUnits::share_at_limit() const {
  const auto sum = std::accumulate(at_limit.begin(), at_limit.end(), std::uint64_t{0});
  const auto all = samples * at_limit.size();
  return all == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(all);
}

std::size_t HiddenUnits::always_at_limit() const {
  if (samples == 0) return 0;
  return static_cast<std::size_t>(std::count(at_limit.begin(), at_limit.end(), samples));
}

void HiddenUnits::add(const HiddenUnits& other) {
  samples += other.samples;
  for (std::size_t unit = 0; unit < at_limit.size(); ++unit) {
    at_limit[unit] += other.at_limit[unit];
  }
}

/// Those whose outputs a layer with parameters is still to come for: what follows the last one is the
/// network's answer, which is to be at its limits.
std::vector<std::size_t> Network::limited_stages() const {
  std::vector<std::size_t> limited;
  std::size_t hidden = 0;
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    if (stages_[i].parameter_count > 0) hidden = limited.size();
    if (!stages_[i].ends_branch && stages_[i].layer->limits()) limited.push_back(i);
  }
  limited.resize(hidden);
  return limited;
}

std::vector<HiddenUnits> Network::hidden_units() const {
  std::vector<HiddenUnits> layers;
  for (const std::size_t index : limited_stages()) {
    const Stage& stage = stages_[index];
    layers.push_back({stage.name, *stage.layer->limits(), 0, {}});
    layers.back().at_limit.resize(stage.width);
  }
  return layers;
}

void Network::add_hidden_units(const Block& block, std::span<HiddenUnits> layers) const {
  if (layers.empty()) return;
  const auto limited = limited_stages();
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const MatrixView outputs = activation(limited[i], block);
    const auto [lower, upper] = margins(layers[i].limits);
    auto& at_limit = layers[i].at_limit;
    layers[i].samples += outputs.rows();
    for (std::size_t n = 0; n < outputs.rows(); ++n) {
      const auto row = outputs.row(n);
      for (std::size_t unit = 0; unit < row.size(); ++unit) {
        at_limit[unit] += row[unit] <= lower || row[unit] >= upper ? 1 : 0;
      }
    }
  }
}

}  // namespace nnrun

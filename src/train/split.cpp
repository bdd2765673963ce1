#include "train/split.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <string>

#include "base/rng.h"
#include "base/text.h"

namespace nnrun {

namespace {

std::size_t count(const Share& share, std::size_t samples) {
  if (const auto* whole = std::get_if<std::int64_t>(&share))
    return static_cast<std::size_t>(*whole);
  // A product such as 0.29 × 100 lies a little below the whole number that is meant.
  constexpr double kRounding = 1e-9;
  const double part = std::get<double>(share) * static_cast<double>(samples);
  return static_cast<std::size_t>(std::floor(part * (1 + kRounding)));
}

/// A total in proportion to some sizes that add up to at least as much.
std::vector<std::size_t> apportion(std::size_t total, const std::vector<std::size_t>& sizes) {
  const std::size_t all = std::accumulate(sizes.begin(), sizes.end(), std::size_t{0});
  std::vector<std::size_t> parts;
  std::vector<std::size_t> remainders;
  std::size_t left = total;
  for (const std::size_t size : sizes) {
    parts.push_back(all > 0 ? total * size / all : 0);  // positions have 32 bits
    remainders.push_back(all > 0 ? total * size % all : 0);
    left -= parts.back();
  }
  std::vector<std::size_t> order(sizes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t i = 0; i < left; ++i) ++parts[order[i]];
  return parts;
}

/// How many samples of each class there are.
std::vector<std::size_t> class_sizes(std::span<const std::uint32_t> labels) {
  std::vector<std::size_t> sizes(*std::max_element(labels.begin(), labels.end()) + std::size_t{1});
  for (const std::uint32_t label : labels) ++sizes[label];
  return sizes;
}

/// Deals the samples in this order, to each part what it has room for of their class.
Split deal_stratified(const std::vector<std::uint32_t>& order,
                      std::span<const std::uint32_t> labels, const SplitCounts& counts) {
  auto left = apportion(counts.train + counts.validation, class_sizes(labels));
  auto to_train = apportion(counts.train, left);
  Split split;
  for (const std::uint32_t position : order) {
    const std::uint32_t label = labels[position];
    if (left[label] == 0) continue;
    --left[label];
    const bool trains = to_train[label] > 0;
    if (trains) --to_train[label];
    (trains ? split.train : split.validation).push_back(position);
  }
  return split;
}

/// Deals the samples in this order, class by class, to the folds.
Split deal_folds(std::vector<std::uint32_t> order, std::span<const std::uint32_t> labels,
                 const SplitPlan& plan) {
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return labels[a] < labels[b]; });
  Split split;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool validates = i % plan.folds == plan.fold - 1;
    (validates ? split.validation : split.train).push_back(order[i]);
  }
  return split;
}

}  // namespace

SplitCounts split_counts(const SplitPlan& plan, std::size_t samples) {
  if (plan.folds > 0) {
    const std::size_t validation = (samples + plan.folds - plan.fold) / plan.folds;
    return {samples - validation, validation};
  }
  return {count(plan.train, samples), count(plan.validation, samples)};
}

Split draw_split(const SplitPlan& plan, std::span<const std::uint32_t> labels, std::uint64_t seed,
                 std::size_t draw) {
  const SplitCounts counts = split_counts(plan, labels.size());
  assert(counts.train + counts.validation <= labels.size());
  std::vector<std::uint32_t> order(labels.size());
  if (plan.shuffle == Shuffle::kNever) {
    std::iota(order.begin(), order.end(), 0U);
  } else {
    order = Stream(seed, "split/" + std::to_string(draw)).permutation(labels.size());
  }
  if (plan.folds > 0) return deal_folds(std::move(order), labels, plan);
  if (plan.stratified) return deal_stratified(order, labels, counts);
  const auto middle = order.begin() + static_cast<std::ptrdiff_t>(counts.train);
  const auto end = middle + static_cast<std::ptrdiff_t>(counts.validation);
  return {{order.begin(), middle}, {middle, end}};
}

std::optional<std::string> fold_misfit(const SplitPlan& plan,
                                       std::span<const std::uint32_t> labels) {
  if (plan.folds == 0 || labels.empty()) return std::nullopt;
  const auto sizes = class_sizes(labels);
  for (std::size_t label = 0; label < sizes.size(); ++label) {
    if (sizes[label] == 0 || sizes[label] >= plan.folds) continue;
    return fmt::format("{} folds, but only {} of class {} to train on", plan.folds,
                       counted(sizes[label], "sample"), label);
  }
  return std::nullopt;
}

std::vector<std::uint32_t> batch_order(const std::vector<std::uint32_t>& train, Shuffle shuffle,
                                       std::uint64_t seed, std::size_t epoch) {
  if (shuffle != Shuffle::kOnce) return train;  // as written, or in this epoch's own new order
  std::vector<std::uint32_t> order =
      Stream(seed, "order/" + std::to_string(epoch)).permutation(train.size());
  for (std::uint32_t& position : order) position = train[position];
  return order;
}

}  // namespace nnrun

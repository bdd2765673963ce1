#include "train/split.h"

#include <cassert>
#include <cmath>
#include <numeric>
#include <string>

#include "base/rng.h"

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

}  // namespace

SplitCounts split_counts(const SplitPlan& plan, std::size_t samples) {
  return {count(plan.train, samples), count(plan.validation, samples)};
}

Split draw_split(const SplitPlan& plan, std::size_t samples, std::uint64_t seed, std::size_t draw) {
  const SplitCounts counts = split_counts(plan, samples);
  assert(counts.train + counts.validation <= samples);
  std::vector<std::uint32_t> order(samples);
  if (plan.shuffle == Shuffle::kNever) {
    std::iota(order.begin(), order.end(), 0U);
  } else {
    order = Stream(seed, "split/" + std::to_string(draw)).permutation(samples);
  }
  const auto middle = order.begin() + static_cast<std::ptrdiff_t>(counts.train);
  const auto end = middle + static_cast<std::ptrdiff_t>(counts.validation);
  return {{order.begin(), middle}, {middle, end}};
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

#include "train/split.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "support.h"

namespace nnrun {
namespace {

using Positions = std::vector<std::uint32_t>;

Positions range(std::uint32_t begin, std::uint32_t end) {
  Positions positions(end - begin);
  std::iota(positions.begin(), positions.end(), begin);
  return positions;
}

Positions sorted(Positions positions) {
  std::sort(positions.begin(), positions.end());
  return positions;
}

Positions all_of(const Split& split) {
  Positions all = split.train;
  all.insert(all.end(), split.validation.begin(), split.validation.end());
  return sorted(all);
}

SplitPlan plan(Share train, Share validation, Shuffle shuffle) {
  return {train, validation, shuffle};
}

TEST_CASE("split: counts are taken as they are") {
  const auto counts =
      split_counts(plan(std::int64_t{40000}, std::int64_t{1}, Shuffle::kOnce), 60000);
  CHECK_EQ(counts.train, 40000);
  CHECK_EQ(counts.validation, 1);
}

TEST_CASE("split: fractions are of all samples and rounded down") {
  const auto of = [](double share, std::size_t samples) {
    return split_counts(plan(share, 0.0, Shuffle::kOnce), samples).train;
  };
  CHECK_EQ(of(0.8, 60000), 48000);
  CHECK_EQ(of(0.5, 3), 1);
  CHECK_EQ(of(0.29, 100), 29);  // 0.29 · 100 = 28.999999999999996
  CHECK_EQ(of(0.57, 100), 57);
  CHECK_EQ(of(1.0, 60000), 60000);
  CHECK_EQ(of(0.0, 60000), 0);
  for (std::size_t percent = 0; percent <= 100; ++percent) {
    CHECK_EQ(of(static_cast<double>(percent) / 100, 100), percent);
  }
}

TEST_CASE("split: never takes the samples in file order") {
  const auto split = draw_split(plan(std::int64_t{3}, std::int64_t{2}, Shuffle::kNever), 10, 1, 0);
  CHECK(split.train == Positions{0, 1, 2});
  CHECK(split.validation == Positions{3, 4});
}

TEST_CASE("split: once draws disjoint parts that depend on the seed alone") {
  const auto parts = plan(0.6, 0.4, Shuffle::kOnce);
  const auto split = draw_split(parts, 1000, 1, 0);
  CHECK_EQ(split.train.size(), 600);
  CHECK_EQ(split.validation.size(), 400);
  CHECK(all_of(split) == range(0, 1000));
  CHECK(split.train == draw_split(parts, 1000, 1, 0).train);
  CHECK(split.train != draw_split(parts, 1000, 2, 0).train);
  CHECK(sorted(split.train) != range(0, 600));
}

TEST_CASE("split: a part of the samples may be left out") {
  const auto split = draw_split(plan(0.3, 0.2, Shuffle::kOnce), 100, 1, 0);
  const auto used = all_of(split);
  CHECK_EQ(used.size(), 50);
  CHECK(std::adjacent_find(used.begin(), used.end()) == used.end());
  CHECK(used.back() < 100);
}

TEST_CASE("split: every_epoch draws disjoint parts anew") {
  const auto parts = plan(0.6, 0.4, Shuffle::kEveryEpoch);
  const auto first = draw_split(parts, 1000, 1, 1);
  const auto second = draw_split(parts, 1000, 1, 2);
  CHECK(all_of(first) == range(0, 1000));
  CHECK(all_of(second) == range(0, 1000));
  CHECK(sorted(first.train) != sorted(second.train));
  CHECK(second.train == draw_split(parts, 1000, 1, 2).train);
}

TEST_CASE("split: once deals the training samples anew for each epoch") {
  const Positions train = {7, 3, 9, 1, 100, 50, 20, 30, 40, 60};
  const auto first = batch_order(train, Shuffle::kOnce, 1, 1);
  CHECK(sorted(first) == sorted(train));
  CHECK(first != train);
  CHECK(first != batch_order(train, Shuffle::kOnce, 1, 2));
  CHECK(first != batch_order(train, Shuffle::kOnce, 2, 1));
  CHECK(first == batch_order(train, Shuffle::kOnce, 1, 1));
}

TEST_CASE("split: never and every_epoch deal the training samples as they come") {
  const Positions train = {7, 3, 9};
  CHECK(batch_order(train, Shuffle::kNever, 1, 5) == train);
  CHECK(batch_order(train, Shuffle::kEveryEpoch, 1, 5) == train);
}

}  // namespace
}  // namespace nnrun

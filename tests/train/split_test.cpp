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

/// Labels that no split but a stratified one looks at.
Positions unlabelled(std::size_t count) { return Positions(count); }

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
  const auto split =
      draw_split(plan(std::int64_t{3}, std::int64_t{2}, Shuffle::kNever), unlabelled(10), 1, 0);
  CHECK(split.train == Positions{0, 1, 2});
  CHECK(split.validation == Positions{3, 4});
}

TEST_CASE("split: once draws disjoint parts that depend on the seed alone") {
  const auto parts = plan(0.6, 0.4, Shuffle::kOnce);
  const auto split = draw_split(parts, unlabelled(1000), 1, 0);
  CHECK_EQ(split.train.size(), 600);
  CHECK_EQ(split.validation.size(), 400);
  CHECK(all_of(split) == range(0, 1000));
  CHECK(split.train == draw_split(parts, unlabelled(1000), 1, 0).train);
  CHECK(split.train != draw_split(parts, unlabelled(1000), 2, 0).train);
  CHECK(sorted(split.train) != range(0, 600));
}

TEST_CASE("split: a part of the samples may be left out") {
  const auto split = draw_split(plan(0.3, 0.2, Shuffle::kOnce), unlabelled(100), 1, 0);
  const auto used = all_of(split);
  CHECK_EQ(used.size(), 50);
  CHECK(std::adjacent_find(used.begin(), used.end()) == used.end());
  CHECK(used.back() < 100);
}

TEST_CASE("split: every_epoch draws disjoint parts anew") {
  const auto parts = plan(0.6, 0.4, Shuffle::kEveryEpoch);
  const auto first = draw_split(parts, unlabelled(1000), 1, 1);
  const auto second = draw_split(parts, unlabelled(1000), 1, 2);
  CHECK(all_of(first) == range(0, 1000));
  CHECK(all_of(second) == range(0, 1000));
  CHECK(sorted(first.train) != sorted(second.train));
  CHECK(second.train == draw_split(parts, unlabelled(1000), 1, 2).train);
}

/// How many of the positions have each label.
std::vector<std::size_t> class_counts(const Positions& positions, const Positions& labels) {
  std::vector<std::size_t> counts(3);
  for (const std::uint32_t position : positions) ++counts[labels[position]];
  return counts;
}

/// 50, 30 and 20 samples of three classes, one class after the other.
Positions sorted_labels() {
  Positions labels(50, 0);
  labels.resize(80, 1);
  labels.resize(100, 2);
  return labels;
}

SplitPlan stratified(std::int64_t train, std::int64_t validation,
                     Shuffle shuffle = Shuffle::kOnce) {
  return {train, validation, shuffle, true};
}

using Counts = std::vector<std::size_t>;

TEST_CASE("split: stratified divides each class in the same proportion") {
  const Positions labels = sorted_labels();
  const auto split = draw_split(stratified(60, 40), labels, 1, 0);
  CHECK(class_counts(split.train, labels) == Counts{30, 18, 12});
  CHECK(class_counts(split.validation, labels) == Counts{20, 12, 8});
  CHECK(all_of(split) == range(0, 100));
  CHECK(split.train == draw_split(stratified(60, 40), labels, 1, 0).train);
  CHECK(split.train != draw_split(stratified(60, 40), labels, 2, 0).train);
  CHECK(split.train != sorted(split.train));
}

TEST_CASE("split: stratified gives the remainders to the largest of them, to exactly the counts") {
  const Positions labels = sorted_labels();
  // Of 17: 8.5, 5.1 and 3.4, so one more for the first. Of these 9, 5 and 3, 7 train: 3.7, 2.06, 1.2.
  const auto split = draw_split(stratified(7, 10), labels, 1, 0);
  CHECK(class_counts(split.train, labels) == Counts{4, 2, 1});
  CHECK(class_counts(split.validation, labels) == Counts{5, 3, 2});
  for (std::int64_t train = 1; train < 100; ++train) {
    const auto all = draw_split(stratified(train, 100 - train), labels, 1, 0);
    CHECK_EQ(all.train.size(), static_cast<std::size_t>(train));
    CHECK(all_of(all) == range(0, 100));
  }
}

TEST_CASE("split: stratified draws of every_epoch differ") {
  const Positions labels = sorted_labels();
  const auto plan = stratified(60, 40, Shuffle::kEveryEpoch);
  CHECK(draw_split(plan, labels, 1, 1).train != draw_split(plan, labels, 1, 2).train);
  CHECK(class_counts(draw_split(plan, labels, 1, 2).train, labels) == Counts{30, 18, 12});
}

/// 20 samples of class 0, 7 of class 1, 5 of class 2, mixed.
Positions mixed_labels() {
  Positions labels;
  for (std::uint32_t i = 0; i < 32; ++i) labels.push_back(i % 8 < 5 ? 0 : i % 8 == 7 ? 2 : 1);
  labels[5] = 2;
  return labels;
}

TEST_CASE("split: each sample validates in one fold, and the folds and their classes are equal") {
  const auto labels = mixed_labels();
  for (const Shuffle shuffle : {Shuffle::kOnce, Shuffle::kNever}) {
    Positions validated;
    for (std::size_t fold = 1; fold <= 5; ++fold) {
      SplitPlan folds = {.shuffle = shuffle, .folds = 5, .fold = fold};
      const Split split = draw_split(folds, labels, 3, 0);
      CHECK(all_of(split) == range(0, 32));
      CHECK_EQ(split.validation.size(), fold <= 2 ? 7 : 6);
      CHECK_EQ(split_counts(folds, 32).validation, split.validation.size());
      for (const std::uint32_t label : {0U, 1U, 2U}) {
        const auto of_class =
            std::count_if(split.validation.begin(), split.validation.end(),
                          [&](std::uint32_t position) { return labels[position] == label; });
        const auto all = std::count(labels.begin(), labels.end(), label);
        CHECK(of_class >= all / 5);
        CHECK(of_class <= (all + 4) / 5);
      }
      validated.insert(validated.end(), split.validation.begin(), split.validation.end());
    }
    CHECK(sorted(validated) == range(0, 32));
  }
}

TEST_CASE("split: folds follow from the seed") {
  const auto labels = mixed_labels();
  const SplitPlan folds = {.folds = 4, .fold = 2};
  CHECK(draw_split(folds, labels, 3, 0).validation == draw_split(folds, labels, 3, 0).validation);
  CHECK(draw_split(folds, labels, 3, 0).validation != draw_split(folds, labels, 4, 0).validation);
}

TEST_CASE("split: more folds than the smallest class has samples are told") {
  const auto labels = mixed_labels();
  CHECK_FALSE(fold_misfit({.folds = 5}, labels));
  CHECK_EQ(fold_misfit({.folds = 6}, labels).value_or(""),
           "6 folds, but only 5 samples of class 2 to train on");
  CHECK_FALSE(fold_misfit({}, labels));
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

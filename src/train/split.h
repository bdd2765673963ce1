// Which samples of the training file are trained on, and which only validate.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/options.h"

namespace nnrun {

/// When the split into training and validation samples is drawn.
enum class Shuffle {
  kNever,       ///< in file order: the first samples train, the next ones validate
  kOnce,        ///< drawn once from the seed; mini-batches are dealt anew each epoch
  kEveryEpoch,  ///< drawn anew for each epoch (section IV.A of the report): validation samples have
                ///< been trained on in other epochs, so validation figures leak
};

struct SplitPlan {
  Share train = 0.8;
  Share validation = 0.2;
  Shuffle shuffle = Shuffle::kOnce;
  /// Each class is divided in the same proportion, as far as whole samples go; not with kNever.
  bool stratified = false;
  /// Of k-fold cross-validation: the number of folds, or 0, and which of them validates, from 1 on. The others
  /// train; `train` and `validation` do not count then.
  std::size_t folds = 0;
  std::size_t fold = 1;
};

struct SplitCounts {
  std::size_t train = 0;
  std::size_t validation = 0;
};

/// The counts for a training file of `samples`; a fraction is rounded down.
SplitCounts split_counts(const SplitPlan& plan, std::size_t samples);

/// Positions in the training file.
struct Split {
  std::vector<std::uint32_t> train;
  std::vector<std::uint32_t> validation;
};

/// The split under `seed` of samples with these labels, which only a stratified one looks at. `draw` counts
/// the draws of kEveryEpoch and is 0 for the others.
/// Stratified, the counts of all classes are made by largest remainders (Hamilton's method; of equal ones
/// the lower class gets more): first how many samples of a class are used at all, then how many of these
/// train. So that they add up to exactly the counts that were asked for.
/// In folds, the samples class by class, and in each class in drawn order, are dealt one by one to fold 1, 2, … in turn:
/// the folds differ by one sample at most, and so they do in each class.
Split draw_split(const SplitPlan& plan, std::span<const std::uint32_t> labels, std::uint64_t seed,
                 std::size_t draw);

/// Why samples with these labels cannot be put into so many folds: a class has fewer of them. Nothing where they can.
std::optional<std::string> fold_misfit(const SplitPlan& plan,
                                       std::span<const std::uint32_t> labels);

/// The training samples in the order in which epoch `epoch` ≥ 1 deals them into mini-batches.
std::vector<std::uint32_t> batch_order(const std::vector<std::uint32_t>& train, Shuffle shuffle,
                                       std::uint64_t seed, std::size_t epoch);

}  // namespace nnrun

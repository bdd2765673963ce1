#include "experiment/split_spec.h"

#include <fmt/format.h>

#include "base/text.h"

namespace nnrun {

namespace {

constexpr WholeBounds kFolds = {.least = 2, .most = 100000};

void read_shares(Options& split, SplitPlan& plan) {
  plan.train = split.share("train", 0.8);
  plan.validation = split.share("validation", 0.2);
  plan.stratified = split.boolean("stratified", false);
  split.record_optional("folds", whole_form(kFolds));
  split.record_optional("fold", whole_form(at_least(1)));
  if (!split.has("fold")) return;
  split.pass_over("fold");
  split.fail("fold", "one of the folds, but there is no folds: how many they are");
}

/// k-fold cross-validation; without `fold` each of them is a value of an axis.
void read_folds(Options& split, SplitPlan& plan) {
  const std::int64_t count = split.whole("folds", kFolds);
  split.add_axis("fold", "folds", count);
  plan.folds = static_cast<std::size_t>(count);
  plan.fold = static_cast<std::size_t>(split.whole("fold", whole_between(1, count)));
}

Shuffle read_shuffle(Options& dataset) {
  const auto shuffle = dataset.choice("shuffle", {"never", "once", "every_epoch"}, "once");
  return shuffle == "never"  ? Shuffle::kNever
         : shuffle == "once" ? Shuffle::kOnce
                             : Shuffle::kEveryEpoch;
}

}  // namespace

SplitPlan read_split(Options& dataset) {
  SplitPlan plan;
  Options split(dataset.mapping("split", false));
  split.has("folds") ? read_folds(split, plan) : read_shares(split, plan);
  split.finish();
  plan.shuffle = read_shuffle(dataset);
  if (plan.stratified && plan.shuffle == Shuffle::kNever) {
    split.fail("stratified", "is drawn from the seed, but shuffle: never draws nothing; use once");
  }
  if (plan.folds > 0 && plan.shuffle == Shuffle::kEveryEpoch) {
    split.fail("folds",
               "stay the same in all epochs, but shuffle: every_epoch draws anew; use once");
  }
  return plan;
}

std::optional<std::string> split_mistake(const SplitPlan& plan, std::size_t samples,
                                         const std::string& dataset) {
  if (plan.folds > samples) {
    return fmt::format("{} folds of {}", plan.folds, counted(samples, "sample"));
  }
  const SplitCounts counts = split_counts(plan, samples);
  if (counts.train == 0) return "leaves no samples to train on";
  if (counts.train <= samples && counts.validation <= samples - counts.train) return std::nullopt;
  return fmt::format(
      "train and validation add up to {} samples, but the training file of {} has {}",
      counts.train + counts.validation, dataset, samples);
}

}  // namespace nnrun

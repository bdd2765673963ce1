#include "core/class_score.h"

#include <fmt/format.h>

namespace nnrun {

namespace {

constexpr std::size_t kNumbers = 3;  // of a class, in a state: as ClassCounts has them

ClassCounts counts_of(const Metric::State& state, std::size_t place) {
  const double* numbers = state.data() + place * kNumbers;
  return {numbers[0], numbers[1], numbers[2]};
}

}  // namespace

ClassScore::ClassScore(Options& options)
    : average_(options.choice("average", {"macro", "micro", "per_class"}, "macro")) {}

std::optional<std::string> ClassScore::misfit(const NetworkEnd& end) const {
  if (end.labels == LabelKind::kClasses || average_ == "macro") return std::nullopt;
  return fmt::format(
      "average: {} needs 'labels: classes'; with one_vs_rest there is one class to be measured",
      average_);
}

std::vector<std::string> ClassScore::suffixes(const NetworkEnd& end) const {
  if (average_ == "macro") return {""};
  if (average_ == "micro") return {"_micro"};
  std::vector<std::string> of_classes;
  for (std::size_t k = 0; k < end.outputs; ++k) of_classes.push_back(fmt::format("_{}", k));
  return of_classes;
}

void ClassScore::add(const Prediction& prediction, const Targets& targets, State& state) const {
  const bool binary = targets.kind == LabelKind::kBinary;
  const std::size_t first = binary ? 1 : 0;  // class 0 is the rest: it has no score
  if (state.empty()) state.resize((binary ? 1 : prediction.outputs.columns()) * kNumbers);
  std::vector<std::uint32_t> predicted(targets.labels.size());
  predict_classes(prediction.outputs, predicted);
  for (std::size_t n = 0; n < predicted.size(); ++n) {
    const std::size_t said = predicted[n];
    const std::size_t is = targets.labels[n];
    if (said == is && is >= first) state[(is - first) * kNumbers] += 1;
    if (said >= first) state[(said - first) * kNumbers + 1] += 1;
    if (is >= first) state[(is - first) * kNumbers + 2] += 1;
  }
}

std::vector<double> ClassScore::values(const State& state, std::size_t /*samples*/) const {
  std::vector<double> scores;
  ClassCounts all;
  double total = 0;
  for (std::size_t place = 0; place < state.size() / kNumbers; ++place) {
    const ClassCounts counts = counts_of(state, place);
    scores.push_back(score(counts));
    total += scores.back();
    all = {all.right + counts.right, all.predicted + counts.predicted, all.there + counts.there};
  }
  if (average_ == "per_class") return scores;
  return {average_ == "micro" ? score(all) : total / static_cast<double>(scores.size())};
}

}  // namespace nnrun

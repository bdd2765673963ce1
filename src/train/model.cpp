#include "train/model.h"

#include <algorithm>

namespace nnrun {

std::string LabelRule::class_text(std::size_t after) const {
  if (kind == LabelKind::kClasses) return "class " + std::to_string(after);
  return after == 1 ? "class " + std::to_string(positive) : "the rest";
}

Targets LabelRule::targets(std::span<const std::uint32_t> labels,
                           std::span<const std::uint32_t> positions,
                           std::vector<std::uint32_t>& storage) const {
  storage.resize(positions.size());
  std::transform(positions.begin(), positions.end(), storage.begin(),
                 [&](std::uint32_t at) { return (*this)(labels[at]); });
  return {kind, storage};
}

bool Model::needs_whole_gradient() const {
  return clip.by == GradientClip::By::kNorm || optimizer->is_whole();
}

std::vector<std::string> Model::measures() const {
  std::vector<std::string> names = {"loss"};
  for (const MeasuredBy& measured : metrics) {
    names.insert(names.end(), measured.columns.begin(), measured.columns.end());
  }
  return names;
}

const Metric* Model::metric_of(std::size_t measure) const {
  std::size_t next = 1;
  for (const MeasuredBy& measured : metrics) {
    next += measured.columns.size();
    if (measure > 0 && measure < next) return measured.metric.get();
  }
  return nullptr;
}

bool Model::higher_is_better(std::size_t measure) const {
  const Metric* metric = metric_of(measure);
  return metric != nullptr && metric->higher_is_better();
}

bool Model::may_be_undefined(std::size_t measure) const {
  const Metric* metric = metric_of(measure);
  return metric != nullptr && metric->may_be_undefined();
}

std::vector<double> Model::values(std::span<const Metric::State> states,
                                  std::size_t samples) const {
  const double sum = states[0][0];
  std::vector<double> all = {loss->of_batch(sum, samples)};
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    const auto values = metrics[i].metric->values(states[i + 1], samples);
    all.insert(all.end(), values.begin(), values.end());
  }
  return all;
}

}  // namespace nnrun

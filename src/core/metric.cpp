#include "core/metric.h"

#include "core/loss.h"
#include "core/registry.h"

namespace nnrun {

namespace {

/// A loss that is only measured.
class LossMetric final : public MeanMetric {
 public:
  explicit LossMetric(std::unique_ptr<Loss> loss) : loss_(std::move(loss)) {}

  std::optional<std::string> misfit(const NetworkEnd& end) const override {
    return loss_->misfit(end);
  }
  std::string unit() const override { return loss_->batch_unit(loss_->sums()); }
  double sum(const Prediction& prediction, const Targets& targets) const override {
    return loss_->sum(prediction, targets);
  }
  bool higher_is_better() const override { return false; }
  std::vector<double> values(const State& state, std::size_t samples) const override {
    return {loss_->of_batch(state[0], samples)};
  }

 private:
  std::unique_ptr<Loss> loss_;
};

}  // namespace

void Metric::merge(const State& other, State& state) const {
  if (state.size() < other.size()) state.resize(other.size());
  for (std::size_t i = 0; i < other.size(); ++i) state[i] += other[i];
}

void MeanMetric::add(const Prediction& prediction, const Targets& targets, State& state) const {
  if (state.empty()) state.resize(1);
  state[0] += sum(prediction, targets);
}

std::vector<double> MeanMetric::values(const State& state, std::size_t samples) const {
  return {state[0] / static_cast<double>(samples)};
}

NamedMetric make_metric(const Slot& slot) {
  const auto leaf = read_leaf(slot);
  if (!leaf) return {"", slot, nullptr};
  const auto& metrics = Registry<Metric>::instance();
  const auto& losses = Registry<Loss>::instance();
  if (metrics.find(leaf->name) != nullptr) return {leaf->name, slot, make_leaf<Metric>(*leaf)};
  if (losses.find(leaf->name) == nullptr) {
    auto names = metrics.names();
    for (const std::string& name : losses.names()) names.push_back(name);
    report_unknown<Metric>(*leaf, names);
    return {leaf->name, slot, nullptr};
  }
  auto loss = make_leaf<Loss>(*leaf);
  return {leaf->name, slot, loss ? std::make_unique<LossMetric>(std::move(loss)) : nullptr};
}

std::unique_ptr<Metric> metric_of(const std::string& measure) {
  // The longest name that the measure's begins with: "f1_macro" is no "f1" once it is registered.
  std::string longest;
  for (const std::string& name : Registry<Metric>::instance().names()) {
    const bool whole = measure == name || measure.starts_with(name + "_");
    if (whole && name.size() > longest.size()) longest = name;
  }
  return make_example<Metric>(longest);
}

bool more_is_better(const std::string& measure) {
  const auto metric = metric_of(measure);
  return metric && metric->higher_is_better();
}

}  // namespace nnrun

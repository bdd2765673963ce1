#include "core/metric.h"

#include "core/loss.h"
#include "core/registry.h"

namespace nnrun {

namespace {

/// A loss that is only measured.
class LossMetric final : public Metric {
 public:
  explicit LossMetric(std::unique_ptr<Loss> loss) : loss_(std::move(loss)) {}

  std::optional<std::string> misfit(const NetworkEnd& end) const override {
    return loss_->misfit(end);
  }
  std::string_view unit() const override { return loss_->unit(); }
  double sum(const Prediction& prediction, const Targets& targets) const override {
    return loss_->sum(prediction, targets);
  }
  bool higher_is_better() const override { return false; }

 private:
  std::unique_ptr<Loss> loss_;
};

}  // namespace

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

bool more_is_better(const std::string& measure) {
  const auto metric = make_example<Metric>(measure);
  return metric && metric->higher_is_better();
}

}  // namespace nnrun

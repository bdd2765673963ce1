#include "train/evaluator.h"

#include <algorithm>
#include <array>
#include <memory>

namespace nnrun {

namespace {

/// Keeps the outputs as its state: a pass adds them up in the order of the samples, as it does all measures.
class KeptOutputs final : public Metric {
 public:
  std::optional<std::string> misfit(const NetworkEnd& /*end*/) const override { return {}; }
  std::string unit() const override { return {}; }
  bool higher_is_better() const override { return true; }
  void add(const Prediction& prediction, const Targets& /*targets*/, State& state) const override {
    const auto outputs = prediction.outputs.elements();
    state.insert(state.end(), outputs.begin(), outputs.end());
  }
  void merge(const State& other, State& state) const override {
    state.insert(state.end(), other.begin(), other.end());
  }
  std::vector<double> values(const State& /*state*/, std::size_t /*samples*/) const override {
    return {};
  }
};

}  // namespace

Evaluator::Evaluator(const Model& model, std::span<const Scalar> parameters, const Fitted& fitted,
                     ShardRule shards, const Pool& pool)
    : model_(model),
      shards_(shards),
      parameters_(parameters),
      passes_(pool, fitted.scaling),
      pool_(pool),
      fitted_(fitted) {}

Tally Evaluator::measure(const Samples& samples, std::vector<std::uint32_t> positions) {
  const std::size_t outputs = elements(model_.network.output());
  return pass(model_, samples, std::move(positions), outputs);
}

std::vector<Scalar> Evaluator::outputs(const Samples& samples,
                                       std::vector<std::uint32_t> positions) {
  Model keeping = model_;
  keeping.metrics = {{"outputs", std::make_shared<KeptOutputs>(), {}}};
  const Tally kept = pass(keeping, samples, std::move(positions), 0);
  const Metric::State& outputs = kept.states[1];
  std::vector<Scalar> all(outputs.size());
  std::transform(outputs.begin(), outputs.end(), all.begin(),
                 [](double output) { return static_cast<Scalar>(output); });
  return all;
}

Tally Evaluator::pass(const Model& model, const Samples& samples,
                      std::vector<std::uint32_t> positions, std::size_t confusion_of) {
  ActiveRun run;
  run.model = &model;
  run.parameters.assign(parameters_.begin(), parameters_.end());
  std::vector<ActiveRun> alone;
  alone.push_back(std::move(run));
  ActiveRuns active(pool_, fitted_.scaling, fitted_.bytes);
  active.assign(std::move(alone));
  Shards shards(samples, shards_);
  shards.assign(std::move(positions));
  return passes_.run(std::array{Section{&shards, false, confusion_of, {}}}, active.bundles())[0][0];
}

}  // namespace nnrun

#include "train/pass.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "train/tiny.h"
#include "train/whole_batch.h"

namespace nnrun {
namespace {

using test::check_close;
using test::Matrix;

constexpr std::size_t kSamples = 700;  // 10 shards of 70, no multiple of a block
constexpr std::size_t kWidth = 5;
constexpr std::size_t kClasses = 3;

std::vector<std::uint32_t> first(std::size_t count) {
  std::vector<std::uint32_t> positions(count);
  std::iota(positions.begin(), positions.end(), 0U);
  return positions;
}

/// Leaves the gradient where the parameters were.
class KeepGradient final : public Optimizer {
 public:
  void step(const Step& step) const override {
    std::copy(step.gradient.begin(), step.gradient.end(), step.parameters.begin());
  }
};

/// What one pass leaves of one run.
struct Passed {
  Tally tally;
  std::vector<Scalar> gradient;

  bool operator==(const Passed& other) const {
    return tally.states == other.tally.states && tally.confusion == other.tally.confusion &&
           tally.samples == other.tally.samples && gradient == other.gradient;
  }
};

/// One pass with all models over the first `count` samples.
std::vector<Passed> pass(const std::vector<const Model*>& models, std::size_t count,
                         std::size_t threads, bool sparse = true) {
  const Samples samples = test::random_samples(kSamples, kWidth, kClasses, "pass");
  const auto positions = first(count);
  const FeatureScaling scaling(Scale::kUnit, samples, positions);
  const Pool pool(threads);
  PassRunner runner(pool, scaling);
  ActiveRuns active(pool, scaling, sparse);
  std::vector<Model> keeping;
  for (const Model* model : models) keeping.push_back(*model);
  for (Model& model : keeping) model.optimizer = std::make_shared<KeepGradient>();
  auto runs = test::runs_of(models);
  for (std::size_t r = 0; r < models.size(); ++r) runs[r].model = &keeping[r];
  active.assign(std::move(runs));
  const Shards shards = test::shards_of(samples, positions, pool);
  active.reserve(shards.count());
  const auto tallies =
      runner.run(std::array{Section{&shards, true, kClasses, {.train = true}}}, active.bundles());
  std::vector<Passed> passed(models.size());
  for (std::size_t r = 0; r < models.size(); ++r) passed[r].tally = tallies[0][r];
  active.step(shards, 1);
  for (std::size_t r = 0; r < models.size(); ++r) {
    const auto& gradient = active.runs()[r].parameters;
    passed[r].gradient.assign(gradient.begin(), gradient.end());
  }
  return passed;
}

/// The same, sample by sample.
struct PlainLoop {
  explicit PlainLoop(const Model& model, std::size_t count) {
    const Samples samples = test::random_samples(kSamples, kWidth, kClasses, "pass");
    const auto parameters = model.network.initial_parameters(1);
    std::vector<Scalar> single(parameters.size());
    gradient.resize(parameters.size());
    Workspace workspace;
    for (std::size_t n = 0; n < count; ++n) {
      Matrix x(1, kWidth);
      for (std::size_t d = 0; d < kWidth; ++d) {
        x.values()[d] = static_cast<Scalar>(samples.features[n * kWidth + d]) / 255;
      }
      const std::array labels = {samples.labels[n]};
      const Targets targets{LabelKind::kClasses, labels};
      const Prediction prediction = model.network.forward({parameters, x.view(), &workspace, {}});
      loss += model.loss->sum(prediction, targets);
      ++confusion[labels[0] * kClasses + predicted_class(prediction.outputs.row(0))];
      std::fill(single.begin(), single.end(), Scalar{0});
      model.network.backward({parameters, x.view(), &workspace, {}}, prediction,
                             {*model.loss, targets, 1}, single);
      for (std::size_t i = 0; i < single.size(); ++i) {
        gradient[i] += static_cast<double>(single[i]) / static_cast<double>(count);
      }
    }
  }

  double loss = 0;
  std::vector<std::uint64_t> confusion = std::vector<std::uint64_t>(kClasses * kClasses);
  std::vector<double> gradient;
};

TEST_CASE("pass: sums and gradients are those of a plain loop") {
  const Model model = test::classifier(kWidth);
  for (const std::size_t count : {1U, 63U, 129U, 700U}) {
    const PlainLoop plain(model, count);
    for (const bool sparse : {false, true}) {
      const Passed found = pass({&model}, count, 1, sparse)[0];
      CHECK_EQ(found.tally.samples, count);
      CHECK(found.tally.states[0][0] == doctest::Approx(plain.loss).epsilon(1e-6));
      CHECK(found.tally.confusion == plain.confusion);
      std::uint64_t right = 0;
      for (std::size_t k = 0; k < kClasses; ++k) right += plain.confusion[k * kClasses + k];
      CHECK_EQ(found.tally.states[1][0], static_cast<double>(right));
      check_close(found.gradient, plain.gradient, 1e-5);
    }
  }
}

/// The same with all samples in one block; of what is not trained, the values after the update.
struct OneBlock {
  OneBlock(const Model& model, std::size_t count) {
    const Samples samples = test::random_samples(kSamples, kWidth, kClasses, "pass");
    auto parameters = model.network.initial_parameters(1);
    Matrix x(count, kWidth);
    for (std::size_t i = 0; i < x.values().size(); ++i) {
      x.values()[i] = static_cast<Scalar>(samples.features[i]) / 255;
    }
    const Targets targets{LabelKind::kClasses, std::span(samples.labels).first(count)};
    WholeBatch batch(model.network, parameters, x.view(), {.train = true});
    loss = model.loss->sum(batch.forward(), targets);
    std::vector<Scalar> found(parameters.size());
    batch.backward({*model.loss, targets, Scalar{1} / static_cast<Scalar>(count)}, found);
    model.network.remember(batch.sums(), count, parameters);
    for (const NetworkParameter& parameter : model.network.parameters()) {
      if (parameter.declared.trained) continue;
      std::copy_n(parameters.begin() + static_cast<std::ptrdiff_t>(parameter.offset),
                  parameter.size, found.begin() + static_cast<std::ptrdiff_t>(parameter.offset));
    }
    gradient.assign(found.begin(), found.end());
  }

  double loss = 0;
  std::vector<double> gradient;
};

TEST_CASE("pass: shards, blocks and steps make of a batch what one block makes") {
  const std::vector<test::Texts> hidden = {
      {"dense: {units: 6}", "batch_norm", "sigmoid", "batch_norm"},
      {"batch_norm", "residual: {layers: [{dense: {units: 5}}, batch_norm, tanh]}", "layer_norm"},
      {"dense: {units: 6}", "dropout: {rate: 0.4}"},
      {"dense: {units: 6}", "batch_norm", "dropout: {rate: 0.4}"},
      {"dropout: {rate: 0.4}", "residual: {layers: [tanh, {dropout: {rate: 0.4}}]}"}};
  for (auto layers : hidden) {
    CAPTURE(layers[0]);
    layers.insert(layers.end(), {"dense: {units: 3}", "softmax"});
    const Model model = test::model_of({kWidth}, layers, "cross_entropy");
    for (const std::size_t count : {2U, 63U, 300U, 700U}) {
      CAPTURE(count);
      const OneBlock block(model, count);
      for (const bool sparse : {false, true}) {
        const Passed found = pass({&model}, count, 2, sparse)[0];
        CHECK(found.tally.states[0][0] == doctest::Approx(block.loss).epsilon(1e-5));
        // Of two samples, a small variance makes rounding large.
        check_close(found.gradient, block.gradient, count == 2 ? 1e-4 : 1e-5);
      }
    }
  }
}

TEST_CASE("pass: any number of threads gives the same bits") {
  const Model model = test::classifier(kWidth);
  const Passed one = pass({&model}, kSamples, 1)[0];
  for (const std::size_t threads : {2U, 3U, 8U}) {
    CAPTURE(threads);
    CHECK(pass({&model}, kSamples, threads)[0] == one);
  }
}

TEST_CASE("pass: neighbours do not change a bit") {
  const Model wide = test::classifier(kWidth, "31");
  const Model narrow = test::classifier(kWidth, "2");
  const Model model = test::classifier(kWidth);
  const Passed alone = pass({&model}, kSamples, 1)[0];
  for (const std::size_t threads : {1U, 2U, 8U}) {
    CAPTURE(threads);
    CHECK(pass({&wide, &model, &narrow}, kSamples, threads)[1] == alone);
    CHECK(pass({&model, &wide}, kSamples, threads)[0] == alone);
  }
}

TEST_CASE("pass: several sections are measured each for itself") {
  const Model model = test::classifier(kWidth);
  const Samples samples = test::random_samples(kSamples, kWidth, kClasses, "pass");
  const auto all = first(kSamples);
  const std::span<const std::uint32_t> positions(all);
  const FeatureScaling scaling(Scale::kUnit, samples, all);
  const Pool pool(2);
  PassRunner runner(pool, scaling);
  ActiveRuns active(pool, scaling, true);
  active.assign(test::runs_of({&model}));
  const auto tallies_of = [&](const std::vector<std::span<const std::uint32_t>>& parts) {
    std::vector<Shards> shards;
    for (const auto& part : parts) shards.push_back(test::shards_of(samples, part, pool));
    std::vector<Section> sections;
    for (const Shards& part : shards) sections.push_back({&part, false, 0, {}});
    return runner.run(sections, active.bundles());
  };
  const auto found = tallies_of({positions.first(300), positions.subspan(300), {}});
  CHECK_EQ(found[0][0].samples, 300);
  CHECK_EQ(found[1][0].samples, 400);
  CHECK(found[2][0].values(model).empty());
  const auto together = tallies_of({positions})[0][0].states;
  CHECK(found[0][0].states[0][0] + found[1][0].states[0][0] == doctest::Approx(together[0][0]));
  CHECK_EQ(found[0][0].states[1][0] + found[1][0].states[1][0], together[1][0]);
}

TEST_CASE("pass: a tally's values are means over its samples") {
  const Model model = test::classifier(kWidth);
  const auto tally_of = [&](double loss, double right, std::vector<std::uint64_t> confusion,
                            std::size_t samples) {
    Tally tally(model, 2, false);
    tally.states = {{loss}, {right}};
    tally.confusion = std::move(confusion);
    tally.samples = samples;
    return tally;
  };
  Tally tally = tally_of(6, 3, {1, 2, 0, 0}, 3);
  tally.add(model, tally_of(4, 1, {0, 5, 0, 0}, 2));
  CHECK(tally.values(model) == std::vector<double>{2, 0.8});
  CHECK(tally.confusion == std::vector<std::uint64_t>{1, 7, 0, 0});
}

TEST_CASE("pass: binary labels are made before anything is measured") {
  const Model model = test::model_of({kWidth}, {"dense: {units: 1, weights: zeros}", "sigmoid"},
                                     "binary_cross_entropy", {LabelKind::kBinary, 2});
  const Samples samples = test::random_samples(100, kWidth, kClasses, "binary");
  const auto positions = first(100);
  const FeatureScaling scaling(Scale::kUnit, samples, positions);
  const Pool pool(1);
  PassRunner runner(pool, scaling);
  ActiveRuns active(pool, scaling, true);
  active.assign(test::runs_of({&model}));
  const Shards shards = test::shards_of(samples, positions, pool);
  const auto tally =
      runner.run(std::array{Section{&shards, false, kClasses, {}}}, active.bundles())[0][0];
  // Every output is 1/2, which is a no: right for all that are not class 2.
  std::uint64_t positive = 0;
  for (const std::uint32_t label : samples.labels) positive += label == 2 ? 1 : 0;
  CHECK(tally.confusion == std::vector<std::uint64_t>{100 - positive, 0, positive, 0});
  CHECK(tally.states[0][0] == doctest::Approx(100 * std::log(2.0)));
}

}  // namespace
}  // namespace nnrun

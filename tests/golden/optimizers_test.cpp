// 20 steps of every optimizer as PyTorch takes them, regularised and clipped as the stepper does it.
#include <numeric>

#include "golden/golden.h"
#include "train/stepper.h"
#include "train/tiny.h"

namespace nnrun {
namespace {

using nlohmann::json;
using Scalars = std::vector<Scalar>;

/// A run of so many parameters, whose gradients are given.
class GivenGradients {
 public:
  GivenGradients(Model model, std::size_t parameters, double rate) : model_(std::move(model)) {
    model_.network = test::network_of({parameters - 1}, {"dense: {units: 1}"});
    run_ = test::runs_of({&model_});
    ActiveRun& run = run_[0];
    run.rates = Rates(test::rate_of(rate), model_.network);
    run.rates.set({});
    run.optimizer_state.resize(model_.optimizer->slots() * parameters);
    run.optimizer_numbers.resize(model_.optimizer->numbers());
    run.shard_gradients.resize(1);
    one_.assign({0});
  }

  /// The parameters after a step from `w` with this gradient.
  Scalars step(const Scalars& gradient) {
    run_[0].shard_gradients[0] = gradient;
    stepper_.step(run_, one_, ++update_);
    return {run_[0].parameters.begin(), run_[0].parameters.end()};
  }
  void set(const Scalars& w) { run_[0].parameters.assign(w.begin(), w.end()); }

 private:
  Model model_;
  std::vector<ActiveRun> run_;
  Samples sample_ = test::random_samples(1, 1, 1, "one");
  Shards one_{sample_};
  Pool pool_{1};
  Stepper stepper_{pool_, Reduction::kExact};
  std::uint64_t update_ = 0;
};

TEST_CASE("golden: every optimizer takes the steps that PyTorch's takes") {
  test::for_each_golden_case<Optimizer>(
      "optimizers", [](const std::string& name, const json& golden) {
        if (name == "clip_gradient") return;  // below
        Model model;
        model.optimizer = test::make_from<Optimizer>(golden.at("yaml").get<std::string>());
        const auto start = golden.at("w0").get<Scalars>();
        GivenGradients run(model, start.size(), golden.at("rate").get<double>());
        run.set(start);
        REQUIRE_EQ(golden.at("w").size(), 20);
        for (std::size_t step = 0; step < golden.at("w").size(); ++step) {
          CAPTURE(step);
          test::check_golden(run.step(golden.at("gradients")[step].get<Scalars>()),
                             golden.at("w")[step]);
        }
      });
}

/// The parameters' gradients one after the other.
json joined(const json& parts) {
  json all = json::array();
  for (const json& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

TEST_CASE("golden: gradients are clipped as PyTorch clips them") {
  for (const json& golden : test::golden_cases("optimizers", "clip_gradient")) {
    const Node how = test::parse(golden.at("yaml").get<std::string>());
    CAPTURE(golden.at("yaml"));
    Model model;
    model.optimizer = test::make_from<Optimizer>("gradient_descent");
    const bool by_norm = how.find("norm") != nullptr;
    model.clip.by = by_norm ? GradientClip::By::kNorm : GradientClip::By::kValue;
    model.clip.limit = *parse_real(how.entries.front().value.text);
    for (const json& step : golden.at("steps")) {
      const auto gradient = joined(step.at("gradients")).get<Scalars>();
      GivenGradients run(model, gradient.size(), 1);
      run.set(Scalars(gradient.size()));
      Scalars clipped = run.step(gradient);  // 0 − 1 · clipped
      for (Scalar& value : clipped) value = -value;
      test::check_golden(clipped, joined(step.at("clipped")));
    }
  }
}

}  // namespace
}  // namespace nnrun

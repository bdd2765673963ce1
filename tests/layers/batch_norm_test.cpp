#include <cmath>

#include "layer_pass.h"

namespace nnrun {
namespace {

using test::check_close;
using test::contains;
using test::LayerPass;
using test::mistakes_in;

// Two features of two samples: (0, 10) and (2, 16). Means 1 and 13, variances 1 and 9.
const std::vector<Scalar> kX = {0, 10, 2, 16};
const std::string kSimple = "batch_norm: {epsilon: 1e-12, momentum: 0.25}";

TEST_CASE("batch_norm: a batch is brought to mean 0 and variance 1") {
  LayerPass pass(kSimple, {2});
  pass.parameters[0] = 3;  // scale 3 and 1, shift 0 and 5
  pass.parameters[3] = 5;
  pass.run(kX, {0, 0, 0, 0}, test::kTraining);
  check_close(pass.y, {-3, 4, 3, 6});
}

TEST_CASE("batch_norm: running statistics move by momentum, the variance the unbiased one") {
  LayerPass pass(kSimple, {2});
  check_close({pass.parameters.begin(), pass.parameters.end()}, {1, 1, 0, 0, 0, 0, 1, 1});
  pass.run(kX, {0, 0, 0, 0}, test::kTraining);
  // 0.75 · 0 + 0.25 · mean and 0.75 · 1 + 0.25 · variance · 2 / (2 − 1).
  check_close({pass.parameters.begin(), pass.parameters.end()},
              {1, 1, 0, 0, 0.25, 3.25, 1.25, 5.25});
}

TEST_CASE("batch_norm: gradients by hand") {
  // Three samples 0, 0, 3 of one feature: mean 1, variance 2, x̂ = (−1, −1, 2) / √2.
  LayerPass pass("batch_norm: {epsilon: 1e-12}", {1});
  pass.parameters[0] = 4;
  pass.run({0, 0, 3}, {1, 2, 3}, test::kTraining);
  const double root = std::sqrt(2.0);
  // Σ dy · x̂ = (−1 − 2 + 6) / √2 = 3 / √2 and Σ dy = 6.
  check_close(pass.gradient, {3 / root, 6, 0, 0});
  // 4 / √2 · (dy − 2 − x̂ / √2) with x̂ / √2 = (−1/2, −1/2, 1).
  check_close(pass.dx(), {-2 / root, 2 / root, 0});
}

TEST_CASE("batch_norm: outside training the running statistics are used, and stay") {
  LayerPass pass(kSimple, {2});
  const std::vector<Scalar> parameters = {3, 1, 0, 5, 1, 2, 4, 16};
  pass.parameters.assign(parameters.begin(), parameters.end());
  pass.run({5, 10}, {1, 8}, test::kEvaluation);
  check_close(pass.y, {6, 7});  // 3 · 4 / 2 and 8 / 4 + 5
  check_close(pass.dx(), {1.5, 2});
  check_close(pass.gradient, {2, 16, 1, 8, 0, 0, 0, 0});
  CHECK(std::equal(parameters.begin(), parameters.end(), pass.parameters.begin()));
}

TEST_CASE("batch_norm: of images, each channel over all places") {
  LayerPass pass("batch_norm: {epsilon: 1e-12, momentum: 1}", {2, 1, 2});
  REQUIRE_EQ(pass.network().parameters().size(), 4);
  CHECK(pass.network().parameters()[0].declared.shape == Shape{2});
  // Channel 0: 0, 2, 0, 2; channel 1: 0, 4, 4, 0.
  pass.run({0, 2, 0, 4, 0, 2, 4, 0}, std::vector<Scalar>(8), test::kTraining);
  check_close(pass.y, {-1, 1, -1, 1, -1, 1, 1, -1});
  check_close({pass.parameters.begin(), pass.parameters.end()},
              {1, 1, 0, 0, 1, 2, 4.0 / 3, 16.0 / 3});
}

TEST_CASE("batch_norm: a small spread about a large value keeps its digits") {
  LayerPass pass("batch_norm: {epsilon: 1e-12}", {1});
  pass.run({4096, 4096.0625F, 4095.9375F, 4096}, {0, 0, 0, 0}, test::kTraining);
  check_close(pass.y, {0, std::sqrt(2.0), -std::sqrt(2.0), 0}, 1e-5);
}

TEST_CASE("batch_norm: a feature that does not vary becomes its shift") {
  LayerPass pass("batch_norm: {shift: {constant: {value: 7}}}", {1});
  pass.run({3, 3, 3}, {1, 2, 3}, test::kTraining);
  check_close(pass.y, {7, 7, 7});
  CHECK(std::isfinite(pass.dx()[0]));
}

TEST_CASE("batch_norm: as the first layer it is asked for no dx") {
  Network network({1});
  network.add("batch_norm", test::make_from<Layer>("batch_norm: {epsilon: 1e-12}"));
  const auto parameters = network.initial_parameters(1);
  const std::vector<Scalar> x = {0, 0, 3};
  WholeBatch batch(network, parameters, {x.data(), 3, 1}, test::kTraining);
  batch.forward();
  std::vector<Scalar> gradient(4);
  batch.backward({*test::Weighted::by({1, 2, 3}), {}, 1}, gradient);
  check_close(gradient, {3 / std::sqrt(2.0), 6, 0, 0});
}

TEST_CASE("batch_norm: it needs two values of each feature") {
  const auto layer = test::make_from<Layer>("batch_norm");
  CHECK_EQ(layer->fewest_rows({5}), 2);
  CHECK_EQ(layer->fewest_rows({5, 1, 1}), 2);
  CHECK_EQ(layer->fewest_rows({5, 1, 2}), 1);
}

TEST_CASE("batch_norm: what is remembered comes last and is not trained") {
  const auto parameters =
      test::make_from<Layer>("batch_norm: {frozen: true}")->parameters({3, 4, 5});
  const std::vector<std::string> names = {"scale", "shift", "running_mean", "running_variance"};
  REQUIRE_EQ(parameters.size(), 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK_EQ(parameters[i].name, names[i]);
    CHECK(parameters[i].shape == Shape{3});
    CHECK_EQ(parameters[i].trained, i < 2);
    CHECK_EQ(parameters[i].rule.frozen, i < 2);
  }
}

TEST_CASE("batch_norm: defaults are PyTorch's, and what was read can be read again") {
  const std::string resolved = test::read_from<Layer>("batch_norm").resolved;
  CHECK_EQ(resolved,
           "{batch_norm: {epsilon: 1e-05, momentum: 0.1, scale: {constant: {value: 1}}, "
           "shift: zeros, frozen: false}}");
  CHECK_EQ(test::read_from<Layer>(resolved).resolved, resolved);
}

TEST_CASE("batch_norm: bad options are refused") {
  CHECK(contains(mistakes_in<Layer>("batch_norm: {epsilon: 0}"),
                 "batch_norm.epsilon: expected a real number > 0, got 0"));
  CHECK(contains(mistakes_in<Layer>("batch_norm: {momentum: 1.5}"),
                 "batch_norm.momentum: expected a real number"));
  CHECK(contains(mistakes_in<Layer>("batch_norm: {scale: one}"),
                 "batch_norm.scale: unknown initializer 'one'"));
  CHECK(contains(mistakes_in<Layer>("batch_norm: {gamma: ones}"), "unknown key 'gamma'"));
}

}  // namespace
}  // namespace nnrun

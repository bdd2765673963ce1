// Layers whose parameters are frozen, or have a learning rate of their own.
#include <algorithm>
#include <cmath>
#include <vector>

#include "train/tiny.h"

namespace nnrun {
namespace {

using test::History;
using test::train_all;

constexpr const char* kFrozen = ", frozen: true";

/// A hidden layer of 5 units and three classes, on 9 features; with more options for the two.
Model model_with(const std::string& hidden, const std::string& last) {
  return test::model_of(
      {9},
      {"dense: {units: 5" + hidden + "}", "sigmoid", "dense: {units: 3" + last + "}", "softmax"},
      "cross_entropy");
}

constexpr std::size_t kHidden = 5 * 9 + 5;  ///< parameters of the hidden layer

std::vector<Scalar> hidden_part(const std::vector<Scalar>& parameters) {
  return {parameters.begin(), parameters.begin() + kHidden};
}
std::vector<Scalar> last_part(const std::vector<Scalar>& parameters) {
  return {parameters.begin() + kHidden, parameters.end()};
}
std::vector<Scalar> start_of(const Model& model) {
  const auto start = model.network.initial_parameters(1);
  return {start.begin(), start.end()};
}

const Data& data() {
  static const Data kData = test::random_data(60, 10, 9, 3, 0.4);
  return kData;
}

/// Full batches or batches of 7, samples as lists of bytes or as numbers.
std::vector<Feed> feeds() {
  std::vector<Feed> all;
  for (const FeatureForm form : {FeatureForm::kSparse, FeatureForm::kDense}) {
    for (const std::size_t batch : {0U, 7U}) {
      Feed feed;
      feed.features = form;
      feed.batch_size = batch;
      all.push_back(feed);
    }
  }
  return all;
}

std::vector<Scalar> trained(const Model& model, const Feed& feed, double rate,
                            std::size_t epochs = 2) {
  return train_all(data(), feed, {{&model, rate, epochs}})[0].outcome.parameters;
}

TEST_CASE("parameter rules: frozen parameters keep their bits, whatever is done to the others") {
  for (const std::string optimizer :
       {"gradient_descent: {l2: 0.1, weight_decay: 0.1}", "adamw: {weight_decay: 0.5}", "rprop"}) {
    for (const auto clip : {GradientClip::By::kNothing, GradientClip::By::kNorm}) {
      for (const Feed& feed : feeds()) {
        Model first = model_with(kFrozen, "");
        Model second = model_with("", kFrozen);
        for (Model* model : {&first, &second}) {
          model->optimizer = test::make_from<Optimizer>(optimizer);
          model->clip = {clip, 0.01};
        }
        const auto start = start_of(first);
        CHECK(test::same_bits(hidden_part(trained(first, feed, 0.1)), hidden_part(start)));
        CHECK(last_part(trained(first, feed, 0.1)) != last_part(start));
        CHECK(test::same_bits(last_part(trained(second, feed, 0.1)), last_part(start)));
        CHECK(hidden_part(trained(second, feed, 0.1)) != hidden_part(start));
      }
    }
  }
}

TEST_CASE("parameter rules: lbfgs leaves frozen parameters where they are") {
  Model model = model_with(kFrozen, "");
  model.optimizer = test::make_from<Optimizer>("lbfgs");
  const auto end = trained(model, {}, 0.5, 4);
  CHECK(hidden_part(end) == hidden_part(start_of(model)));
  CHECK(last_part(end) != last_part(start_of(model)));
}

TEST_CASE("parameter rules: the clipped norm is that of the parameters that are trained") {
  // Steps of 1 from gradients of norm 1/8, or less.
  Model model = model_with("", kFrozen);
  model.clip = {GradientClip::By::kNorm, 0.125};
  const auto end = hidden_part(trained(model, {}, 1, 1));
  const auto start = hidden_part(start_of(model));
  model.clip = {};
  const auto free = hidden_part(trained(model, {}, 1, 1));
  double clipped_squares = 0;
  double free_squares = 0;
  for (std::size_t i = 0; i < start.size(); ++i) {
    clipped_squares += std::pow(end[i] - start[i], 2);
    free_squares += std::pow(free[i] - start[i], 2);
  }
  CHECK(std::sqrt(clipped_squares) ==
        doctest::Approx(std::min(std::sqrt(free_squares), 0.125)).epsilon(1e-4));
}

TEST_CASE("parameter rules: a layer follows its own rate, the others that of the experiment") {
  for (const Feed& feed : feeds()) {
    if (feed.batch_size > 0) continue;  // after one step all gradients differ
    const Model plain = model_with("", "");
    const auto slow = trained(plain, feed, 0.125, 1);
    const auto fast = trained(plain, feed, 0.5, 1);
    const auto last_fast = trained(model_with("", ", learning_rate: 0.5"), feed, 0.125, 1);
    CHECK(test::same_bits(hidden_part(last_fast), hidden_part(slow)));
    CHECK(test::same_bits(last_part(last_fast), last_part(fast)));
    const auto first_fast = trained(model_with(", learning_rate: 0.5", ""), feed, 0.125, 1);
    CHECK(test::same_bits(hidden_part(first_fast), hidden_part(fast)));
    CHECK(test::same_bits(last_part(first_fast), last_part(slow)));
  }
}

TEST_CASE(
    "parameter rules: a schedule of their own is that schedule, and rows tell the experiment's") {
  const std::string falling = "{exponential: {from: 0.5, factor: 0.5}}";
  const std::string own = ", learning_rate: " + falling;
  for (const Feed& feed : feeds()) {
    Model all = model_with("", "");
    all.learning_rate = test::make_from<Schedule>(falling);
    const Model each = model_with(own, own);
    const History run = train_all(data(), feed, {{&each, 0.125, 3}})[0];
    CHECK(test::same_bits(run.outcome.parameters, trained(all, feed, 0, 3)));
    for (const EpochRecord& row : run.rows) CHECK_EQ(row.learning_rate, 0.125);
  }
}

TEST_CASE("parameter rules: mistakes are told with their place") {
  CHECK(test::contains(test::mistakes_in<Layer>("dense: {units: 1, frozen: 1}"),
                       "test:1:27: dense.frozen: expected true or false, got 1"));
  CHECK(test::contains(test::mistakes_in<Layer>("dense: {units: 1, learning_rate: 0}"),
                       "dense.learning_rate: expected a real number > 0"));
  CHECK(test::contains(
      test::mistakes_in<Layer>("dense: {units: 1, learning_rate: {cosin: {from: 1}}}"),
      "unknown schedule 'cosin'; did you mean 'cosine'?"));
}

}  // namespace
}  // namespace nnrun

// What a pass says of the hidden layers.
#include "train/tiny.h"

namespace nnrun {
namespace {

using test::model_of;
using test::Texts;

Feed feed_of(std::size_t samples) {
  Feed feed;
  feed.split = {static_cast<std::int64_t>(samples), std::int64_t{0}, Shuffle::kNever};
  feed.scale = Scale::kNone;
  return feed;
}

std::vector<HiddenUnits> after_training(const Data& data, const Texts& layers,
                                        std::size_t threads = 1) {
  const Model model = model_of(data.sample, layers, "cross_entropy");
  const auto run =
      test::train_all(data, feed_of(data.train.count()), {{&model, 1e-6, 1}}, threads)[0];
  return run.outcome.last_look.hidden_units;
}

std::string dense(const std::string& units, const std::string& weight, const std::string& bias) {
  return "dense: {units: " + units + ", weights: {constant: {value: " + weight +
         "}}, bias: {constant: {value: " + bias + "}}}";
}

/// Four test samples of one feature: 0, 1, 2, 3.
Data steps() {
  Data data = test::random_data(8, 4, 1, 2);
  data.test = {{0, 1, 2, 3}, {0, 1, 0, 1}};
  return data;
}

TEST_CASE("hidden units: a relu is at its limit where it puts out 0") {
  const auto found =
      after_training(steps(), {dense("3", "1", "-1"), "relu", "dense: {units: 2}", "softmax"});
  REQUIRE_EQ(found.size(), 1);
  CHECK_EQ(found[0].layer, "1.relu");
  CHECK_FALSE(found[0].squeezes());
  CHECK_EQ(found[0].samples, 4);
  CHECK(found[0].at_limit == std::vector<std::uint32_t>{2, 2, 2});  // of 0 and 1
  CHECK_EQ(found[0].share_at_limit(), 0.5);
  CHECK_EQ(found[0].always_at_limit(), 0);
  const auto dead =
      after_training(steps(), {dense("3", "1", "-10"), "relu", "dense: {units: 2}", "softmax"});
  CHECK_EQ(dead[0].always_at_limit(), 3);
}

TEST_CASE("hidden units: sigmoid and tanh are at their limits within a hundredth of the range") {
  // 4 x: sigmoid(4) = 0.982, sigmoid(8) = 0.9997; of tanh, 0.98 is the margin and tanh(4) = 0.9993.
  const Texts tail = {"dense: {units: 2}", "softmax"};
  for (const auto& expected :
       {std::pair<std::string, std::uint32_t>{"sigmoid", 2}, {"tanh", 3}, {"hard_sigmoid", 3}}) {
    const std::string& layer = expected.first;
    CAPTURE(layer);
    const auto found = after_training(steps(), {dense("1", "4", "0"), layer, tail[0], tail[1]});
    REQUIRE_EQ(found.size(), 1);
    CHECK(found[0].squeezes());
    CHECK_EQ(found[0].at_limit[0], expected.second);
  }
}

TEST_CASE("hidden units: the last activation is none, nor is one without limits") {
  CHECK(after_training(steps(), {"dense: {units: 3}", "elu", "dense: {units: 2}", "sigmoid"})
            .empty());
  CHECK(after_training(steps(), {"dense: {units: 2}", "softmax"}).empty());
  const auto inside = after_training(
      steps(), {"dense: {units: 2}", "residual: {layers: [{dense: {units: 2}}, tanh]}",
                "dropout: {rate: 0.5}", "dense: {units: 2}", "softmax"});
  REQUIRE_EQ(inside.size(), 1);
  CHECK_EQ(inside[0].layer, "1.residual.1.tanh");
}

TEST_CASE("hidden units: dense and sparse data, and any number of threads, say the same") {
  const Data data = test::random_data(200, 3000, 30, 3, 0.2);
  const Texts layers = {"dense: {units: 9}", "sigmoid", "dense: {units: 4}", "relu",
                        "dense: {units: 3}", "softmax"};
  const auto one = after_training(data, layers);
  const auto many = after_training(data, layers, 3);
  REQUIRE_EQ(one.size(), 2);
  CHECK_GT(one[1].share_at_limit(), 0);
  for (std::size_t i = 0; i < one.size(); ++i) {
    CHECK_EQ(one[i].samples, 3000);  // each of 16 shards fits into one block
    CHECK(one[i].at_limit == many[i].at_limit);
  }
}

TEST_CASE("hidden units: validation samples are looked at where there are no test samples") {
  Data data = steps();
  data.test = {};
  Feed feed = feed_of(6);
  feed.split.validation = std::int64_t{2};
  const Model model = model_of(
      {1}, {dense("1", "1", "-300"), "relu", "dense: {units: 2}", "softmax"}, "cross_entropy");
  const auto look = test::train_all(data, feed, {{&model, 0.1, 1}})[0].outcome.last_look;
  CHECK_FALSE(look.on_test);
  CHECK_EQ(look.hidden_units.at(0).samples, 2);
  CHECK_EQ(look.confusion.size(), 4);
}

}  // namespace
}  // namespace nnrun

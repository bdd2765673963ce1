#include "train/network.h"

#include <cmath>
#include <string>
#include <vector>

#include "base/rng.h"
#include "train/tiny.h"

namespace nnrun {
namespace {

using test::check_close;
using test::Matrix;
using test::network_of;
using test::Texts;

const Texts kLayers = {"dense: {units: 2, bias: {constant: {value: 3}}}", "sigmoid",
                       "dense: {units: 1}"};

TEST_CASE("network: parameters lie one after the other in the order of the layers") {
  const Network network = network_of({3}, kLayers);
  REQUIRE_EQ(network.parameters().size(), 4);
  const std::vector<std::string> names = {"0.dense.weights", "0.dense.bias", "2.dense.weights",
                                          "2.dense.bias"};
  const std::vector<std::size_t> offsets = {0, 6, 8, 10};
  const std::vector<std::size_t> sizes = {6, 2, 2, 1};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK_EQ(network.parameters()[i].name, names[i]);
    CHECK_EQ(network.parameters()[i].offset, offsets[i]);
    CHECK_EQ(network.parameters()[i].size, sizes[i]);
  }
  CHECK_EQ(network.parameter_count(), 11);
  CHECK_EQ(network.depth(), 3);
  CHECK_EQ(network.last_layer(), "dense");
  CHECK(network.output() == Shape{1});
}

TEST_CASE("network: documented order is rows of units whatever the order in memory") {
  const Network network = network_of({3}, {"dense: {units: 2, weights: {normal: {stddev: 1}}}"});
  const auto parameters = network.initial_parameters(5);
  const auto weights = network.documented(network.parameters()[0], parameters);
  const Stream stream(5, "init/0.dense.weights");
  for (std::size_t unit = 0; unit < 2; ++unit) {
    for (std::size_t feature = 0; feature < 3; ++feature) {
      const auto drawn = static_cast<Scalar>(stream.normal(unit * 3 + feature));
      CHECK_EQ(weights[unit * 3 + feature], drawn);
      CHECK_EQ(parameters[feature * 2 + unit], drawn);
    }
  }
  check_close(network.documented(network.parameters()[1], parameters), {0, 0});
}

TEST_CASE("network: every parameter starts by its own initializer") {
  const Network network = network_of({3}, kLayers);
  const auto parameters = network.initial_parameters(1);
  check_close(network.documented(network.parameters()[1], parameters), {3, 3});
}

TEST_CASE("network: initial parameters do not depend on the layers behind") {
  const Network network = network_of({3}, kLayers);
  const Network longer = network_of({3}, {kLayers[0], "tanh", kLayers[2], "dense: {units: 5}"});
  const auto few = network.initial_parameters(1);
  const auto many = longer.initial_parameters(1);
  CHECK(std::equal(few.begin(), few.end(), many.begin()));
  CHECK(few != network.initial_parameters(2));
}

TEST_CASE("network: layers of the same shape start differently") {
  const Network network = network_of({4}, {"dense: {units: 4}", "dense: {units: 4}"});
  const auto parameters = network.initial_parameters(1);
  CHECK(network.documented(network.parameters()[0], parameters) !=
        network.documented(network.parameters()[2], parameters));
}

TEST_CASE("network: forward by hand gives logits and outputs") {
  const Network network = network_of({2}, {"dense: {units: 1}", "sigmoid"});
  const std::vector<Scalar> parameters = {2, -1, 0.5F};  // w = (2, −1), b = 0.5
  const Matrix x(2, 2, {1, 2.5F, 1, 0});
  Workspace workspace;
  const Prediction found = network.forward({parameters, x.view(), &workspace, {}});
  CHECK_EQ(found.logits.row(0)[0], Scalar{0});
  CHECK_EQ(found.outputs.row(0)[0], Scalar{0.5});
  CHECK_EQ(found.logits.row(1)[0], Scalar{2.5});
  CHECK(static_cast<double>(found.outputs.row(1)[0]) == doctest::Approx(1 / (1 + std::exp(-2.5))));
}

TEST_CASE("network: the logits of a single activation are its input") {
  const Network network = network_of({2}, {"softmax"});
  const Matrix x(1, 2, {1, 1});
  Workspace workspace;
  const Prediction found = network.forward({{}, x.view(), &workspace, {}});
  CHECK_EQ(found.logits.data(), x.view().data());
  CHECK_EQ(found.outputs.row(0)[0], Scalar{0.5});
}

TEST_CASE("network: backward adds to the gradient") {
  const Network network = network_of({2}, {"dense: {units: 1}", "sigmoid"});
  const auto loss = test::make_from<Loss>("binary_cross_entropy");
  const std::vector<Scalar> parameters = {0, 0, 0};
  const Matrix x(1, 2, {4, -8});
  const std::vector<std::uint32_t> labels = {1};
  const Targets targets{LabelKind::kBinary, labels};
  Workspace workspace;
  const Prediction prediction = network.forward({parameters, x.view(), &workspace, {}});
  std::vector<Scalar> gradient = {1, 1, 1};
  // dz = scale · (1/2 − 1) = −1/2 · scale; dw = dz x, db = dz.
  network.backward({parameters, x.view(), &workspace, {}}, prediction, {*loss, targets, 2},
                   gradient);
  check_close(gradient, {-3, 9, 0});
}

TEST_CASE("network: a workspace can be used for any block after any other") {
  const Network network = network_of({3}, kLayers);
  const auto parameters = network.initial_parameters(1);
  const Matrix small(1, 3, {1, 2, 3});
  const Matrix large(5, 3);
  Workspace fresh;
  Workspace used;
  network.forward({parameters, large.view(), &used, {}});
  const auto from_fresh = network.forward({parameters, small.view(), &fresh, {}}).outputs;
  const auto from_used = network.forward({parameters, small.view(), &used, {}}).outputs;
  CHECK_EQ(from_fresh.row(0)[0], from_used.row(0)[0]);
}

TEST_CASE("network: a layer that does not fit is refused and nothing is added") {
  Network network({1, 28, 28});
  CHECK_THROWS_AS(network.add("softmax", test::make_from<Layer>("softmax")), Misfit);
  CHECK_EQ(network.depth(), 0);
}

}  // namespace
}  // namespace nnrun

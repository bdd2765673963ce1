#include <cmath>

#include "base/rng.h"
#include "layer_pass.h"

namespace nnrun {
namespace {

using test::contains;
using test::LayerPass;
using test::mistakes_in;

const std::vector<Scalar> kX = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
const std::vector<Scalar> kDy = {2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24};

TEST_CASE("dropout: in training a value is 0 or scaled, as its place's number says") {
  LayerPass pass("dropout: {rate: 0.25}", {4});
  pass.run(kX, kDy, {.train = true, .seed = 9, .update = 12});
  const Stream stream(9, "1.dropout/12");
  std::size_t dropped = 0;
  for (std::size_t i = 0; i < kX.size(); ++i) {
    const bool drops = stream.uniform(i) < 0.25;
    const auto factor = drops ? Scalar{0} : static_cast<Scalar>(1 / 0.75);
    CHECK_EQ(pass.y[i], kX[i] * factor);
    CHECK_EQ(pass.dx()[i], kDy[i] * factor);
    dropped += drops ? 1 : 0;
  }
  CHECK(dropped > 0);
  CHECK(dropped < kX.size());
}

TEST_CASE("dropout: outside training, and at rate 0, nothing happens") {
  for (const PassFacts& facts : {test::kTraining, test::kEvaluation}) {
    LayerPass pass(facts.train ? "dropout: {rate: 0}" : "dropout: {rate: 0.5}", {2, 2, 1});
    pass.run(kX, kDy, facts);
    CHECK(pass.y == kX);
    CHECK(pass.dx() == kDy);
  }
}

TEST_CASE("dropout: another update, seed or place drops others") {
  const auto dropped = [](const std::string& name, const PassFacts& facts) {
    Network network({100});
    network.add(name, test::make_from<Layer>("dropout: {rate: 0.5}"));
    const std::vector<Scalar> x(200, 1);
    WholeBatch batch(network, {}, {x.data(), 2, 100}, facts);
    const auto y = batch.forward().outputs.elements();
    return std::vector<Scalar>(y.begin(), y.end());
  };
  const PassFacts first = {.train = true, .seed = 1, .update = 1};
  const auto found = dropped("dropout", first);
  CHECK(found == dropped("dropout", first));
  CHECK(found != dropped("dropout", {.train = true, .seed = 2, .update = 1}));
  CHECK(found != dropped("dropout", {.train = true, .seed = 1, .update = 2}));
  CHECK(found != dropped("another", first));
  CHECK(std::vector(found.begin(), found.begin() + 100) !=
        std::vector(found.begin() + 100, found.end()));
}

TEST_CASE("dropout: a block within the batch has the numbers of its place") {
  const auto layer = test::make_from<Layer>("dropout: {rate: 0.5}");
  const auto forward = [&](std::size_t first, std::size_t rows) {
    const std::vector<Scalar> x(rows * 7, 1);
    test::Matrix y(rows, 7);
    test::Matrix kept(rows, 7);
    PassFacts facts = {.train = true, .seed = 3, .update = 0};
    facts.first_row = first;
    layer->forward_in({{}, {x.data(), rows, 7}, y.view(), "0.dropout", facts, {}, kept.view()});
    return y.values();
  };
  const auto whole = forward(0, 100);
  const auto part = forward(61, 39);
  CHECK(std::equal(part.begin(), part.end(), whole.begin() + 61 * 7, whole.end()));
}

TEST_CASE("dropout: the share that is dropped is the rate") {
  Network network({1000});
  network.add("dropout", test::make_from<Layer>("dropout: {rate: 0.2}"));
  const std::vector<Scalar> x(100000, 1);
  WholeBatch batch(network, {}, {x.data(), 100, 1000}, test::kTraining);
  const auto y = batch.forward().outputs.elements();
  const auto dropped = std::count(y.begin(), y.end(), Scalar{0});
  CHECK(std::abs(static_cast<double>(dropped) - 20000) < 600);  // 4.7 standard deviations
}

TEST_CASE("dropout: bad options are refused") {
  CHECK(contains(mistakes_in<Layer>("dropout"), "dropout: missing key 'rate'"));
  for (const char* rate : {"1", "-0.1", "1.5", "half"}) {
    CAPTURE(rate);
    CHECK(contains(mistakes_in<Layer>("dropout: {rate: " + std::string(rate) + "}"),
                   "test:1:17: dropout.rate: expected a real number ≥ 0 and < 1, got"));
  }
  CHECK(contains(mistakes_in<Layer>("dropout: {rate: 0.5, p: 1}"), "unknown key 'p'"));
}

}  // namespace
}  // namespace nnrun

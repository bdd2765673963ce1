#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "base/checksum.h"
#include "core/dataset.h"
#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::make_from;
using test::mistakes_in;
using test::read_from;

Data load(const std::string& options) {
  return make_from<Dataset>("synthetic: {" + options + "}")->load({});
}

std::string sha256_of(const std::vector<float>& numbers) {
  return sha256({std::span(reinterpret_cast<const std::uint8_t*>(numbers.data()),
                           numbers.size() * sizeof(float))});
}

/// Whether a sample lies on its curve, without noise.
bool on_moon(std::uint32_t label, double x, double y) {
  if (label == 0) return std::abs(x * x + y * y - 1) < 1e-6 && y >= -1e-6;
  return std::abs((1 - x) * (1 - x) + (0.5 - y) * (0.5 - y) - 1) < 1e-6 && y <= 0.5 + 1e-6;
}

bool on_spiral(std::uint32_t label, double x, double y) {
  constexpr double kTurn = 2 * 3.14159265358979;
  const double radius = std::hypot(x, y);
  const double turns = std::atan2(y, x) / kTurn - radius - label / 4.0;
  return radius <= 1 && std::abs(turns - std::round(turns)) < 1e-5;
}

TEST_CASE("synthetic: moons and spirals without noise lie on their curves") {
  const Data moons = load("kind: moons, noise: 0");
  CHECK(moons.sample == Shape{2});
  CHECK_EQ(moons.classes, 2);
  CHECK_EQ(moons.train.count(), 1000);
  CHECK_EQ(moons.test.count(), 200);
  const Data spirals = load("kind: spirals, noise: 0, classes: 4");
  CHECK_EQ(spirals.classes, 4);
  for (std::size_t n = 0; n < 1000; ++n) {
    CHECK_EQ(moons.train.labels[n], n % 2);
    CHECK(
        on_moon(moons.train.labels[n], moons.train.numbers[2 * n], moons.train.numbers[2 * n + 1]));
    CHECK(on_spiral(spirals.train.labels[n], spirals.train.numbers[2 * n],
                    spirals.train.numbers[2 * n + 1]));
  }
}

TEST_CASE("synthetic: blobs lie about a centre of their class, as far as the noise says") {
  const Data data = load("kind: blobs, train: 30000, test: 3, features: 3, noise: 0.5");
  const Data centres = load("kind: blobs, train: 3, test: 3, features: 3, noise: 0");
  CHECK(data.sample == Shape{3});
  CHECK(centres.train.numbers == centres.test.numbers);
  double sum = 0;
  double squares = 0;
  for (std::size_t i = 0; i < data.train.numbers.size(); ++i) {
    const double off = double{data.train.numbers[i]} - double{centres.train.numbers[i % 9]};
    sum += off;
    squares += off * off;
  }
  CHECK(std::abs(sum / 90000) < 0.01);
  CHECK(std::abs(std::sqrt(squares / 90000) - 0.5) < 0.01);
  for (const float centre : centres.train.numbers) CHECK(std::abs(centre) <= 10);
}

TEST_CASE("synthetic: digits are bytes, ten classes in turn") {
  const Data data = load("kind: digits, train: 25, test: 0");
  CHECK(data.sample == Shape{1, 28, 28});
  CHECK_EQ(data.classes, 10);
  CHECK_EQ(data.train.features.size(), 25 * 784);
  CHECK_EQ(data.train.labels[23], 3);
  CHECK_EQ(data.test.count(), 0);
  const Data noisy = load("kind: digits, train: 25, noise: 0.1");
  std::size_t lit = 0;
  for (std::size_t i = 0; i < 784; ++i) {
    if (data.train.features[i] == 0 && noisy.train.features[i] > 0) ++lit;
  }
  CHECK(lit > 100);
}

TEST_CASE("synthetic: facts say what is drawn, and no file is needed") {
  for (const std::string text : {"blobs, features: 5", "moons", "spirals", "digits"}) {
    const auto dataset = make_from<Dataset>("synthetic: {train: 7, test: 4, kind: " + text + "}");
    const DataFacts facts = dataset->facts();
    const Data data = dataset->load({});
    CHECK(facts.sample == data.sample);
    CHECK_EQ(facts.classes, data.classes);
    CHECK_EQ(facts.train, data.train.count());
    CHECK_EQ(facts.test, data.test.count());
    CHECK_EQ(facts.numbers, data.train.are_numbers());
    CHECK(dataset->checksums().empty());
    CHECK(dataset->places({}).empty());
  }
}

TEST_CASE("synthetic: the seed alone decides, and training and test samples differ") {
  const Data one = load("kind: moons");
  CHECK(one.train.numbers == load("kind: moons, train: 1000").train.numbers);
  CHECK(one.train.numbers != load("kind: moons, seed: 2").train.numbers);
  CHECK(std::equal(one.test.numbers.begin(), one.test.numbers.end(), one.train.numbers.begin()) ==
        false);
}

TEST_CASE("synthetic: the samples are the same on every machine") {
  CHECK_EQ(sha256_of(load("kind: blobs").train.numbers),
           "2ad04923d3b9d226504560e8f2334f9ff4955bda52ffee7e66e92fe20ef5c3e8");
  CHECK_EQ(sha256_of(load("kind: moons").train.numbers),
           "a84a58954956cfcb185a4eca78bdb3b235bb9535269d1ffb0d9c75f1e079965f");
  CHECK_EQ(sha256_of(load("kind: spirals").train.numbers),
           "39dd6430668fea24dbf7c5abd6809f76af1d3b58524ca8c99f27e6b45a5196c2");
}

TEST_CASE("synthetic: each kind has its own options") {
  CHECK_EQ(
      read_from<Dataset>("synthetic: {kind: spirals}").resolved,
      "{synthetic: {kind: spirals, train: 1000, test: 200, classes: 3, noise: 0.05, seed: 1}}");
  CHECK(contains(mistakes_in<Dataset>("synthetic: {kind: moons, classes: 3}"),
                 "unknown key 'classes'"));
  CHECK(contains(mistakes_in<Dataset>("synthetic: {kind: spirals, features: 3}"),
                 "unknown key 'features'"));
  CHECK(contains(mistakes_in<Dataset>("synthetic: {kind: blob}"), "did you mean 'blobs'?"));
  CHECK(contains(mistakes_in<Dataset>("synthetic"), "missing key 'kind'"));
  CHECK(contains(mistakes_in<Dataset>("synthetic: {kind: blobs, train: 0, classes: 1}"),
                 "synthetic.train: expected a whole number from 1 to 10000000, got 0"));
}

}  // namespace
}  // namespace nnrun

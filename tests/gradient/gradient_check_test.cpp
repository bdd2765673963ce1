// The gradient check itself: what is right passes, what is wrong is found, kinks are told from both.
#include "train/gradient_check.h"

#include <cmath>
#include <limits>
#include <memory>

#include "gradient/differences.h"

namespace nnrun {
namespace {

using test::compare;

/// y = 3 x, with a gradient that is off by `error` in what it gives back.
class Triple final : public Layer {
 public:
  explicit Triple(double error) : error_(error) {}
  Shape output(const Shape& input) const override { return input; }
  void forward(std::span<const Scalar> /*parameters*/, ConstMatrixView x,
               MatrixView y) const override {
    for (std::size_t i = 0; i < x.size(); ++i) y.data()[i] = 3 * x.data()[i];
  }
  void backward(const Backward& pass) const override {
    for (std::size_t i = 0; i < pass.dx.size(); ++i) {
      pass.dx.data()[i] = (3 + error_) * pass.dy.data()[i];
    }
  }

 private:
  double error_;
};

/// dense, triple, dense, softmax, on five samples of three features.
std::vector<TensorComparison> check_triple(double error, std::size_t most) {
  Model model;
  model.network = Network({3});
  model.network.add("dense", test::make_from<Layer>("dense: {units: 4}"));
  model.network.add("triple", std::make_shared<Triple>(error));
  model.network.add("dense", test::make_from<Layer>("dense: {units: 2}"));
  model.network.add("softmax", test::make_from<Layer>("softmax"));
  model.loss = test::make_from<Loss>("cross_entropy");
  return check_gradients(model, 1, {test::away_from_zero(15, "x"), {0, 1, 1, 0, 1}}, most);
}

}  // namespace

TEST_CASE("gradient check: a network's samples and parameters, and nothing is wrong with them") {
  const auto all = check_triple(0, 1000);
  REQUIRE_EQ(all.size(), 5);
  const std::vector<std::string> names = {"x", "0.dense.weights", "0.dense.bias", "2.dense.weights",
                                          "2.dense.bias"};
  const std::vector<Shape> shapes = {{5, 3}, {4, 3}, {4}, {2, 4}, {2}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    CHECK_EQ(all[i].name, names[i]);
    CHECK_EQ(all[i].shape, shapes[i]);
    CHECK_EQ(all[i].result.checked, elements(shapes[i]));
    CHECK_EQ(all[i].result.wrong, 0);
    CHECK_EQ(all[i].result.kinks, 0);
    CHECK(all[i].result.largest_error < kGradientTolerance);
    CHECK(all[i].result.gradient != 0);
  }
}

TEST_CASE("gradient check: a layer's wrong gradient is found in all that comes before it") {
  for (const double error : {1e-5, 1.0, -3.0, std::numeric_limits<double>::quiet_NaN()}) {
    CAPTURE(error);
    const auto all = check_triple(error, 1000);
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK_EQ(all[i].result.wrong, all[i].result.checked);
      CHECK_EQ(all[i].result.kinks, 0);
      CHECK_FALSE(all[i].result.largest_error <= kGradientTolerance);
    }
    for (std::size_t i = 3; i < 5; ++i) CHECK_EQ(all[i].result.wrong, 0);
  }
}

TEST_CASE("gradient check: no more elements than asked for, the same every time") {
  const auto some = check_triple(1, 3);
  const auto again = check_triple(1, 3);
  for (std::size_t i = 0; i < some.size(); ++i) {
    CHECK_EQ(some[i].result.checked, std::min<std::size_t>(3, elements(some[i].shape)));
    CHECK_EQ(some[i].result.where, again[i].result.where);
  }
}

TEST_CASE("gradient check: one wrong element is found, with its place") {
  std::vector<Scalar> at = {2, -1, 3, 0.5, 1, -2};
  const auto squares = [&] {
    double sum = 0;
    for (const Scalar each : at) sum += each * each;
    return sum;
  };
  std::vector<Scalar> gradient = {4, -2, 6, 1, 2, -4};
  CHECK_EQ(compare(gradient, at, squares).wrong, 0);
  gradient[3] = 1.001;
  const TensorComparison found{"w", {2, 3}, compare(gradient, at, squares)};
  CHECK_EQ(found.result.wrong, 1);
  CHECK_EQ(found.place(), "[1, 0]");
  CHECK_EQ(found.result.gradient, 1.001);
  CHECK(std::abs(found.result.difference - 1) < 1e-9);
  CHECK(std::abs(found.result.largest_error - 0.001 / 1.001) < 1e-9);
  CHECK_EQ(at, std::vector<Scalar>{2, -1, 3, 0.5, 1, -2});
}

TEST_CASE("gradient check: at a kink nothing is said, beside it everything") {
  std::vector<Scalar> at = {0};
  const auto bent = [&] { return 1 + std::max(at[0], 0.0) + 0.5 * std::sin(at[0]); };
  for (const double x : {0.0, 1e-8, -1e-8}) {
    CAPTURE(x);
    at = {x};
    CHECK_EQ(compare({x > 0 ? 1.6 : 0.6}, at, bent).kinks, 1);
  }
  for (const double x : {1e-5, 1e-3, -1e-5, -3e-4, 0.3}) {
    CAPTURE(x);
    at = {x};
    const double slope = (x > 0 ? 1 : 0) + 0.5 * std::cos(x);
    test::check_gradient({slope}, at, bent);
    const auto wrong = compare({slope + 1e-4}, at, bent);
    CHECK_EQ(wrong.wrong, 1);
  }
}

}  // namespace nnrun

#include <cmath>
#include <limits>

#include "losses/loss_values.h"

namespace nnrun {
namespace {

using test::check_close;
using test::contains;
using test::LossCase;
using test::make_from;
using test::Matrix;
using test::mistakes_in;

constexpr Scalar kLn2 = 0.6931471805599453F;
constexpr auto kClasses = LabelKind::kClasses;

TEST_CASE("cross_entropy: value by hand") {
  // softmax(ln 2, 0, 0) = (1/2, 1/4, 1/4): −log 1/2 − log 1/4 = 3 ln 2.
  const LossCase at("softmax", Matrix(2, 3, {kLn2, 0, 0, kLn2, 0, 0}), kClasses, {0, 2});
  CHECK(at.sum("cross_entropy") == doctest::Approx(3 * std::log(2.0)));
}

TEST_CASE("cross_entropy: gradient with respect to the logits by hand") {
  // scale · (a − Y): (1/2 − 1, 1/4, 1/4) and (1/2, 1/4, 1/4 − 1), times 4.
  const LossCase at("softmax", Matrix(2, 3, {kLn2, 0, 0, kLn2, 0, 0}), kClasses, {0, 2});
  check_close(at.gradient("cross_entropy", 4), {-2, 1, 1, 2, 1, -3});
}

TEST_CASE("cross_entropy: huge logits give the right loss and gradient") {
  // Right with certainty: 0. Wrong by 20000: the loss is the distance of the logits.
  const LossCase at("softmax", Matrix(2, 2, {1e4F, -1e4F, 1e4F, -1e4F}), kClasses, {0, 1});
  CHECK_EQ(at.sum("cross_entropy"), 20000.0);
  check_close(at.gradient("cross_entropy", 1), {0, 0, 1, -1});
}

TEST_CASE("cross_entropy: a class whose output underflows keeps its loss") {
  // a₁ = e⁻²⁰⁰ is 0 in single precision, but −log a₁ = 200 + log(1 + e⁻²⁰⁰) is 200.
  const LossCase at("softmax", Matrix(1, 2, {0, -200}), kClasses, {1});
  CHECK_EQ(at.sum("cross_entropy"), 200.0);
}

TEST_CASE("cross_entropy: NaN logits give NaN") {
  const Scalar nan = std::numeric_limits<Scalar>::quiet_NaN();
  for (std::size_t at = 0; at < 3; ++at) {
    Matrix logits(1, 3);
    logits.values()[at] = nan;
    CHECK(std::isnan(LossCase("softmax", logits, kClasses, {1}).sum("cross_entropy")));
  }
}

TEST_CASE("cross_entropy: after log_softmax it is the same") {
  const Matrix logits(2, 3, {kLn2, 0, 0, kLn2, 0, 0});
  const LossCase at("log_softmax", logits, kClasses, {0, 2});
  CHECK(at.sum("cross_entropy") == doctest::Approx(3 * std::log(2.0)));
  check_close(at.gradient("cross_entropy", 4), {-2, 1, 1, 2, 1, -3});
}

TEST_CASE("cross_entropy: class weights by hand") {
  // 2 · log 2 of class 0 and 0.5 · log 4 of class 2; class 1 weighs nothing.
  const Matrix logits(2, 3, {kLn2, 0, 0, kLn2, 0, 0});
  for (const char* last : {"softmax", "log_softmax"}) {
    const LossCase at(last, logits, kClasses, {0, 2});
    CHECK(at.sum("cross_entropy: {class_weights: [2, 0, 0.5]}") ==
          doctest::Approx(3 * std::log(2.0)));
    // w_y (p − Y) times 4.
    check_close(at.gradient("cross_entropy: {class_weights: [2, 0, 0.5]}", 4),
                {-4, 2, 2, 1, 0.5, -1.5});
  }
}

TEST_CASE("cross_entropy: label smoothing by hand") {
  // q = 0.4 Y + 0.2: (0.6, 0.2, 0.2) on −log p = (log 2, log 4, log 4).
  const LossCase at("softmax", Matrix(1, 3, {kLn2, 0, 0}), kClasses, {0});
  CHECK(at.sum("cross_entropy: {label_smoothing: 0.6}") ==
        doctest::Approx((0.6 + 0.4 + 0.4) * std::log(2.0)));
  check_close(at.gradient("cross_entropy: {label_smoothing: 0.6}", 1), {-0.1, 0.05, 0.05});
}

TEST_CASE("cross_entropy: weights and smoothing keep the loss of a class whose output underflows") {
  const LossCase at("softmax", Matrix(1, 2, {0, -200}), kClasses, {1});
  CHECK_EQ(at.sum("cross_entropy: {class_weights: [1, 2]}"), 400.0);
  CHECK_EQ(at.sum("cross_entropy: {label_smoothing: 0.5}"), 150.0);
}

TEST_CASE("cross_entropy: a sum is the sum of the means") {
  const LossCase at("softmax", Matrix(2, 3, {kLn2, 0, 0, kLn2, 0, 0}), kClasses, {0, 2});
  CHECK_EQ(at.sum("cross_entropy: {reduction: sum}"), at.sum("cross_entropy"));
}

TEST_CASE("cross_entropy: weights that add up to zero, or are none, or negative are refused") {
  CHECK_EQ(
      mistakes_in<Loss>("cross_entropy: {class_weights: [0, 0]}"),
      "test:1:32: cross_entropy.class_weights: weights that are all 0 leave nothing to train on");
  CHECK(contains(mistakes_in<Loss>("cross_entropy: {class_weights: []}"),
                 "cross_entropy.class_weights: expected a list of at least one item"));
  CHECK(contains(mistakes_in<Loss>("cross_entropy: {class_weights: [1, -2]}"),
                 "cross_entropy.class_weights[1]: expected a real number ≥ 0, got -2"));
  CHECK(contains(mistakes_in<Loss>("cross_entropy: {class_weights: 3}"),
                 "cross_entropy.class_weights: expected a list of at least one item, got 3"));
  CHECK(contains(mistakes_in<Loss>("cross_entropy: {label_smoothing: 1}"),
                 "cross_entropy.label_smoothing: expected a real number"));
}

TEST_CASE("cross_entropy: a weight for each class is needed") {
  const auto loss = make_from<Loss>("cross_entropy: {class_weights: [1, 2]}");
  CHECK_FALSE(loss->misfit({"softmax", kClasses, 2}).has_value());
  CHECK_FALSE(loss->misfit({"softmax", kClasses, 0}).has_value());
  CHECK_EQ(loss->misfit({"softmax", kClasses, 10}).value_or(""),
           "class_weights needs a weight for each of the 10 classes, got 2");
}

TEST_CASE("cross_entropy: it goes with softmax and classes") {
  const auto loss = make_from<Loss>("cross_entropy");
  CHECK(loss->is_joint(Link::kSoftmax));
  CHECK(loss->is_joint(Link::kLogSoftmax));
  CHECK_FALSE(loss->is_joint(Link::kOther));
  CHECK_FALSE(loss->misfit({"softmax", kClasses}).has_value());
  CHECK_FALSE(loss->misfit({"log_softmax", kClasses}).has_value());
  CHECK(contains(loss->misfit({"sigmoid", kClasses}).value_or(""),
                 "needs softmax or log_softmax as the last layer, which is sigmoid"));
  CHECK(contains(loss->misfit({"softmax", LabelKind::kBinary}).value_or(""),
                 "needs 'labels: classes'"));
}

}  // namespace
}  // namespace nnrun

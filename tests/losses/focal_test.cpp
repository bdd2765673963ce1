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
constexpr Scalar kLn3 = 1.0986122886681098F;
constexpr auto kBinary = LabelKind::kBinary;
constexpr auto kClasses = LabelKind::kClasses;

TEST_CASE("focal: value by hand after sigmoid") {
  // sigmoid(ln 3) = 3/4: −(1/4)² log 3/4 for a yes, −(3/4)² log 1/4 for a no.
  const LossCase at("sigmoid", Matrix(2, 1, {kLn3, kLn3}), kBinary, {1, 0});
  const double yes = -std::log(0.75) / 16;
  const double no = -std::log(0.25) * 9 / 16;
  CHECK(at.sum("focal") == doctest::Approx(yes + no));
  CHECK(at.sum("focal: {alpha: 0.25}") == doctest::Approx(0.25 * yes + 0.75 * no));
}

TEST_CASE("focal: several sigmoids count as their mean, or as their sum") {
  const LossCase at("sigmoid", Matrix(1, 2, {kLn3, 0}), kClasses, {0});
  const double both = -std::log(0.75) / 16 - std::log(0.5) / 4;
  CHECK(at.sum("focal") == doctest::Approx(both / 2));
  CHECK(at.sum("focal: {reduction: sum}") == doctest::Approx(both));
}

TEST_CASE("focal: value by hand after softmax and log_softmax") {
  // softmax(ln 2, 0, 0) = (1/2, 1/4, 1/4): −(1/2)² log 1/2 and −(3/4)² log 1/4.
  const Matrix logits(2, 3, {kLn2, 0, 0, kLn2, 0, 0});
  for (const char* last : {"softmax", "log_softmax"}) {
    const LossCase at(last, logits, kClasses, {0, 2});
    CHECK(at.sum("focal") == doctest::Approx(std::log(2.0) / 4 + std::log(4.0) * 9 / 16));
    CHECK(at.sum("focal: {reduction: sum}") == doctest::Approx(at.sum("focal")));
  }
}

TEST_CASE("focal: with gamma 0 it is cross entropy") {
  const LossCase classes("softmax", Matrix(2, 3, {1, -2, 0.5F, 3, 0, 1}), kClasses, {0, 2});
  CHECK(classes.sum("focal: {gamma: 0}") == doctest::Approx(classes.sum("cross_entropy")));
  const auto expected = classes.gradient("cross_entropy", 1);
  check_close(classes.gradient("focal: {gamma: 0}", 1), {expected.begin(), expected.end()});
  const LossCase binary("sigmoid", Matrix(2, 1, {1, -2}), kBinary, {0, 0});
  CHECK(binary.sum("focal: {gamma: 0}") == doctest::Approx(binary.sum("binary_cross_entropy")));
}

TEST_CASE("focal: loss and gradient are finite where an output is 0 or 1") {
  // Wrong by 1e4 or 2e4: the loss is that, its gradient 1. Right by as much: 0.
  for (const char* loss : {"focal", "focal: {gamma: 0}", "focal: {gamma: 0.5}"}) {
    CAPTURE(loss);
    const LossCase yes("sigmoid", Matrix(2, 1, {-1e4F, 1e4F}), kBinary, {1, 1});
    CHECK_EQ(yes.sum(loss), 1e4);
    check_close(yes.gradient(loss, 1), {-1, 0});
    const LossCase classes("softmax", Matrix(2, 2, {1e4F, -1e4F, 1e4F, -1e4F}), kClasses, {0, 1});
    CHECK_EQ(classes.sum(loss), 2e4);
    check_close(classes.gradient(loss, 1), {0, 0, 1, -1});
  }
}

TEST_CASE("focal: NaN logits give NaN") {
  const Scalar nan = std::numeric_limits<Scalar>::quiet_NaN();
  CHECK(std::isnan(LossCase("sigmoid", Matrix(1, 1, {nan}), kBinary, {1}).sum("focal")));
  for (std::size_t place = 0; place < 3; ++place) {
    Matrix logits(1, 3);
    logits.values()[place] = nan;
    CHECK(std::isnan(LossCase("softmax", logits, kClasses, {1}).sum("focal")));
  }
}

TEST_CASE("focal: options out of range are refused") {
  CHECK(
      contains(mistakes_in<Loss>("focal: {gamma: -1}"), "focal.gamma: expected a real number ≥ 0"));
  CHECK(contains(mistakes_in<Loss>("focal: {alpha: 0}"), "focal.alpha: expected a real number"));
  CHECK(contains(mistakes_in<Loss>("focal: {alpha: 1}"), "focal.alpha: expected a real number"));
}

TEST_CASE(
    "focal: it goes with sigmoid, and with softmax and classes, but alpha only with sigmoid") {
  const auto loss = make_from<Loss>("focal");
  CHECK(loss->is_joint(Link::kSigmoid));
  CHECK(loss->is_joint(Link::kLogSoftmax));
  CHECK_FALSE(loss->is_joint(Link::kOther));
  CHECK_FALSE(loss->misfit({"sigmoid", kBinary}).has_value());
  CHECK_FALSE(loss->misfit({"sigmoid", kClasses}).has_value());
  CHECK_FALSE(loss->misfit({"softmax", kClasses}).has_value());
  CHECK(contains(loss->misfit({"tanh", kClasses}).value_or(""),
                 "needs sigmoid, softmax or log_softmax as the last layer, which is tanh"));
  CHECK(contains(loss->misfit({"softmax", kBinary}).value_or(""), "needs 'labels: classes'"));
  const auto weighed = make_from<Loss>("focal: {alpha: 0.25}");
  CHECK_FALSE(weighed->misfit({"sigmoid", kClasses}).has_value());
  CHECK(
      contains(weighed->misfit({"softmax", kClasses}).value_or(""), "alpha weighs yes against no"));
}

}  // namespace
}  // namespace nnrun

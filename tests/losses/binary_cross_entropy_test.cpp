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

constexpr Scalar kLn3 = 1.0986122886681098F;
constexpr auto kBinary = LabelKind::kBinary;

TEST_CASE("binary_cross_entropy: value by hand") {
  // sigmoid(ln 3) = 3/4: −log 3/4 for a yes, −log 1/4 for a no.
  const LossCase at("sigmoid", Matrix(2, 1, {kLn3, kLn3}), kBinary, {1, 0});
  CHECK(at.sum("binary_cross_entropy") == doctest::Approx(-std::log(0.75) - std::log(0.25)));
}

TEST_CASE("binary_cross_entropy: several outputs count as their mean") {
  // Targets (1, 0): −log 3/4 and −log(1 − 1/2), halved.
  const LossCase at("sigmoid", Matrix(1, 2, {kLn3, 0}), LabelKind::kClasses, {0});
  CHECK(at.sum("binary_cross_entropy") == doctest::Approx((-std::log(0.75) - std::log(0.5)) / 2));
  // scale / K · (a − y) with scale 4.
  check_close(at.gradient("binary_cross_entropy", 4), {-0.5, 1});
}

TEST_CASE("binary_cross_entropy: gradient with respect to the logits by hand") {
  const LossCase at("sigmoid", Matrix(2, 1, {kLn3, kLn3}), kBinary, {1, 0});
  check_close(at.gradient("binary_cross_entropy", 4), {-1, 3});
}

TEST_CASE("binary_cross_entropy: huge logits give the right loss and gradient") {
  const Matrix logits(4, 1, {1e4F, -1e4F, 1e4F, -1e4F});
  const LossCase at("sigmoid", logits, kBinary, {1, 0, 0, 1});
  CHECK_EQ(at.sum("binary_cross_entropy"), 20000.0);
  check_close(at.gradient("binary_cross_entropy", 1), {0, 0, 1, -1});
}

TEST_CASE("binary_cross_entropy: small losses are not rounded away") {
  // log(1 + e⁻²⁰) = 2.061e-9: 1 − a is 0 in single precision, the loss is not.
  const LossCase at("sigmoid", Matrix(1, 1, {20}), kBinary, {1});
  CHECK(at.sum("binary_cross_entropy") == doctest::Approx(std::log1p(std::exp(-20.0))));
  CHECK(at.sum("binary_cross_entropy") > 2e-9);
}

TEST_CASE("binary_cross_entropy: NaN logits give NaN") {
  const Scalar nan = std::numeric_limits<Scalar>::quiet_NaN();
  CHECK(std::isnan(
      LossCase("sigmoid", Matrix(1, 1, {nan}), kBinary, {0}).sum("binary_cross_entropy")));
  CHECK(std::isnan(
      LossCase("sigmoid", Matrix(1, 1, {nan}), kBinary, {1}).sum("binary_cross_entropy")));
}

TEST_CASE("binary_cross_entropy: a yes counts positive_weight times") {
  const LossCase at("sigmoid", Matrix(2, 1, {kLn3, kLn3}), kBinary, {1, 0});
  CHECK(at.sum("binary_cross_entropy: {positive_weight: 3}") ==
        doctest::Approx(-3 * std::log(0.75) - std::log(0.25)));
  check_close(at.gradient("binary_cross_entropy: {positive_weight: 3}", 4), {-3, 3});
}

TEST_CASE("binary_cross_entropy: huge logits stay finite with a positive_weight") {
  const LossCase at("sigmoid", Matrix(2, 1, {-1e4F, 1e4F}), kBinary, {1, 0});
  CHECK_EQ(at.sum("binary_cross_entropy: {positive_weight: 0.5}"), 15000.0);
}

TEST_CASE("binary_cross_entropy: a sum adds up the outputs") {
  const LossCase at("sigmoid", Matrix(1, 2, {kLn3, 0}), LabelKind::kClasses, {0});
  CHECK(at.sum("binary_cross_entropy: {reduction: sum}") ==
        doctest::Approx(-std::log(0.75) - std::log(0.5)));
  check_close(at.gradient("binary_cross_entropy: {reduction: sum}", 4), {-1, 2});
}

TEST_CASE("binary_cross_entropy: positive_weight is above 0") {
  CHECK(contains(mistakes_in<Loss>("binary_cross_entropy: {positive_weight: 0}"),
                 "binary_cross_entropy.positive_weight: expected a real number > 0, got 0"));
}

TEST_CASE("binary_cross_entropy: it goes with sigmoid") {
  const auto loss = make_from<Loss>("binary_cross_entropy");
  CHECK(loss->is_joint(Link::kSigmoid));
  CHECK_FALSE(loss->is_joint(Link::kSoftmax));
  CHECK_FALSE(loss->misfit({"sigmoid", kBinary}).has_value());
  CHECK_FALSE(loss->misfit({"sigmoid", LabelKind::kClasses}).has_value());
  CHECK(contains(loss->misfit({"softmax", LabelKind::kClasses}).value_or(""),
                 "needs sigmoid as the last layer, which is softmax"));
}

}  // namespace
}  // namespace nnrun

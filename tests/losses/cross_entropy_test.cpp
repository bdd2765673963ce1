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

TEST_CASE("cross_entropy: it goes with softmax and classes") {
  const auto loss = make_from<Loss>("cross_entropy");
  CHECK(loss->is_joint(Link::kSoftmax));
  CHECK_FALSE(loss->is_joint(Link::kOther));
  CHECK_FALSE(loss->misfit({"softmax", kClasses}).has_value());
  CHECK(contains(loss->misfit({"sigmoid", kClasses}).value_or(""),
                 "needs softmax as the last layer, which is sigmoid"));
  CHECK(contains(loss->misfit({"softmax", LabelKind::kBinary}).value_or(""),
                 "needs 'labels: classes'"));
}

}  // namespace
}  // namespace nnrun

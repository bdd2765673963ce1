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

constexpr auto kBinary = LabelKind::kBinary;
constexpr auto kClasses = LabelKind::kClasses;

TEST_CASE("hinge: value by hand of a yes and a no") {
  // 1 − 0.25 for a yes, 1 + 0.25 for a no, nothing beyond the margin.
  const LossCase at("identity", Matrix(4, 1, {0.25F, 0.25F, 1.5F, -1.5F}), kBinary, {1, 0, 1, 0});
  CHECK_EQ(at.sum("hinge"), 0.75 + 1.25);
  CHECK_EQ(at.sum("hinge: {margin: 2}"), 1.75 + 2.25 + 0.5 + 0.5);
  check_close(at.gradient("hinge", 2), {-2, 2, 0, 0});
}

TEST_CASE("hinge: value by hand of classes") {
  // Class 0 with outputs 1, 0.5, −2: 1 − 1 + 0.5 and nothing, a third of it.
  const LossCase at("identity", Matrix(1, 3, {1, 0.5F, -2}), kClasses, {0});
  CHECK(at.sum("hinge") == doctest::Approx(0.5 / 3));
  check_close(at.gradient("hinge", 3), {-1, 1, 0});
}

TEST_CASE("hinge: a sum keeps the share of the outputs") {
  const LossCase at("identity", Matrix(2, 2, {0, 0, 3, 0}), kClasses, {1, 1});
  CHECK_EQ(at.sum("hinge: {reduction: sum}"), 0.5 + 2);
  check_close(at.gradient("hinge: {reduction: sum}", 1), {0.5, -0.5, 0.5, -0.5});
}

TEST_CASE("hinge: NaN outputs give NaN") {
  const Scalar nan = std::numeric_limits<Scalar>::quiet_NaN();
  CHECK(std::isnan(LossCase("identity", Matrix(1, 1, {nan}), kBinary, {1}).sum("hinge")));
  for (std::size_t place = 0; place < 2; ++place) {
    Matrix outputs(1, 2);
    outputs.values()[place] = nan;
    CHECK(std::isnan(LossCase("identity", outputs, kClasses, {1}).sum("hinge")));
  }
}

TEST_CASE("hinge: the margin is above 0") {
  CHECK(contains(mistakes_in<Loss>("hinge: {margin: -1}"),
                 "hinge.margin: expected a real number > 0, got -1"));
}

TEST_CASE("hinge: it goes with any last layer and any labels") {
  const auto loss = make_from<Loss>("hinge");
  CHECK_FALSE(loss->is_joint(Link::kSigmoid));
  CHECK_FALSE(loss->misfit({"identity", kClasses}).has_value());
  CHECK_FALSE(loss->misfit({"tanh", kBinary}).has_value());
}

}  // namespace
}  // namespace nnrun

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

TEST_CASE("huber: value by hand on both sides of delta") {
  // Targets (1, 0), misses −0.5 and 3: 0.5² / 2 and 1 · (3 − 1/2); halved.
  const LossCase at("identity", Matrix(1, 2, {0.5F, 3}), kClasses, {0});
  CHECK_EQ(at.sum("huber"), (0.125 + 2.5) / 2);
  CHECK_EQ(at.sum("huber: {reduction: sum}"), 0.125 + 2.5);
  // delta 2: 0.125 and 2 · (3 − 1).
  CHECK_EQ(at.sum("huber: {delta: 2}"), (0.125 + 4) / 2);
}

TEST_CASE("huber: the gradient is the miss, at most delta in size") {
  const LossCase at("identity", Matrix(1, 3, {0.5F, 3, -3}), kClasses, {0});
  check_close(at.gradient("huber", 3), {-0.5, 1, -1});
  check_close(at.gradient("huber: {delta: 0.25, reduction: sum}", 4), {-1, 1, -1});
}

TEST_CASE("huber: both parts meet at delta") {
  const LossCase at("identity", Matrix(1, 1, {2}), kBinary, {0});
  CHECK_EQ(at.sum("huber: {delta: 2}"), 2.0);
  check_close(at.gradient("huber: {delta: 2}", 1), {2});
}

TEST_CASE("huber: huge outputs stay finite and NaN stays NaN") {
  const LossCase huge("identity", Matrix(1, 1, {-1e30F}), kBinary, {0});
  CHECK(huge.sum("huber") == doctest::Approx(1e30));
  const Scalar nan = std::numeric_limits<Scalar>::quiet_NaN();
  CHECK(std::isnan(LossCase("identity", Matrix(1, 1, {nan}), kBinary, {1}).sum("huber")));
}

TEST_CASE("huber: delta is above 0") {
  CHECK(contains(mistakes_in<Loss>("huber: {delta: 0}"),
                 "huber.delta: expected a real number > 0, got 0"));
  CHECK(contains(mistakes_in<Loss>("huber: {slope: 1}"), "unknown key 'slope'"));
}

TEST_CASE("huber: it goes with any last layer and any labels") {
  const auto loss = make_from<Loss>("huber");
  CHECK_FALSE(loss->is_joint(Link::kSoftmax));
  CHECK_FALSE(loss->misfit({"relu", kClasses}).has_value());
  CHECK_FALSE(loss->misfit({"sigmoid", kBinary}).has_value());
}

}  // namespace
}  // namespace nnrun

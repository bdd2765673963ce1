#include <cmath>
#include <limits>

#include "losses/loss_values.h"

namespace nnrun {
namespace {

using test::check_close;
using test::LossCase;
using test::make_from;
using test::Matrix;

constexpr auto kBinary = LabelKind::kBinary;
constexpr auto kClasses = LabelKind::kClasses;

TEST_CASE("mean_absolute_error: value by hand") {
  // Targets (1, 0) and (0, 1): |0.25 − 1| + |−2| and |0.5| + |1.5 − 1|, halved.
  const LossCase at("identity", Matrix(2, 2, {0.25F, -2, 0.5F, 1.5F}), kClasses, {0, 1});
  CHECK_EQ(at.sum("mean_absolute_error"), (0.75 + 2 + 0.5 + 0.5) / 2);
  CHECK_EQ(at.sum("mean_absolute_error: {reduction: sum}"), 0.75 + 2 + 0.5 + 0.5);
}

TEST_CASE("mean_absolute_error: the gradient is the sign, and 0 where the target is met") {
  const LossCase at("identity", Matrix(2, 2, {0.25F, -2, 0, 1.5F}), kClasses, {0, 1});
  check_close(at.gradient("mean_absolute_error", 4), {-2, -2, 0, 2});
  check_close(at.gradient("mean_absolute_error: {reduction: sum}", 4), {-4, -4, 0, 4});
}

TEST_CASE("mean_absolute_error: huge outputs stay finite and NaN stays NaN") {
  const Scalar most = std::numeric_limits<Scalar>::max();
  const LossCase huge("identity", Matrix(2, 1, {most, most}), kBinary, {0, 1});
  CHECK_EQ(huge.sum("mean_absolute_error"), 2 * double{most});
  const Scalar nan = std::numeric_limits<Scalar>::quiet_NaN();
  CHECK(std::isnan(
      LossCase("identity", Matrix(1, 1, {nan}), kBinary, {1}).sum("mean_absolute_error")));
}

TEST_CASE("mean_absolute_error: it goes with any last layer and any labels") {
  const auto loss = make_from<Loss>("mean_absolute_error");
  CHECK_FALSE(loss->is_joint(Link::kSigmoid));
  for (const char* layer : {"sigmoid", "softmax", "dense", "relu"}) {
    CHECK_FALSE(loss->misfit({layer, kClasses}).has_value());
    CHECK_FALSE(loss->misfit({layer, kBinary}).has_value());
  }
}

}  // namespace
}  // namespace nnrun

#include <cmath>
#include <limits>

#include "losses/loss_values.h"

namespace nnrun {
namespace {

using test::check_close;
using test::LossCase;
using test::make_from;
using test::Matrix;

// relu leaves these positive numbers as they are: outputs are the logits.
LossCase two_rows() {
  return {"relu", Matrix(2, 2, {0.5F, 0.25F, 2, 1}), LabelKind::kClasses, {0, 1}};
}

TEST_CASE("mean_squared_error: value by hand") {
  // Targets (1, 0) and (0, 1): (1/4 + 1/16) / 2 + (4 + 0) / 2.
  CHECK(two_rows().sum("mean_squared_error") == doctest::Approx(0.15625 + 2));
}

TEST_CASE("mean_squared_error: gradient with respect to the outputs by hand") {
  // 2 · scale / K · (a − y) with scale 3 and K = 2.
  check_close(two_rows().gradient("mean_squared_error", 3), {-1.5, 0.75, 6, 0});
}

TEST_CASE("mean_squared_error: a sum adds up the outputs, and says so in its unit") {
  const LossCase at("relu", Matrix(1, 2, {3, 2}), LabelKind::kClasses, {0});
  CHECK_EQ(at.sum("mean_squared_error: {reduction: sum}"), 8.0);
  CHECK_EQ(at.gradient("mean_squared_error: {reduction: sum}", 1), std::vector<Scalar>{4, 4});
  const auto loss = make_from<Loss>("mean_squared_error: {reduction: sum}");
  CHECK(loss->sums());
  CHECK_EQ(loss->batch_unit(true), "squared output");
  CHECK_EQ(loss->batch_unit(false), "squared output per sample");
}

TEST_CASE("mean_squared_error: huge outputs stay finite") {
  const LossCase at("relu", Matrix(1, 1, {1e4F}), LabelKind::kBinary, {0});
  CHECK_EQ(at.sum("mean_squared_error"), 1e8);
}

TEST_CASE("mean_squared_error: huge logits before a sigmoid or softmax stay finite") {
  const LossCase no("sigmoid", Matrix(1, 1, {1e4F}), LabelKind::kBinary, {0});
  CHECK_EQ(no.sum("mean_squared_error"), 1.0);
  const LossCase wrong("softmax", Matrix(1, 2, {1e4F, -1e4F}), LabelKind::kClasses, {1});
  CHECK_EQ(wrong.sum("mean_squared_error"), 1.0);
}

TEST_CASE("mean_squared_error: NaN outputs give NaN") {
  const Scalar nan = std::numeric_limits<Scalar>::quiet_NaN();
  const LossCase at("relu", Matrix(1, 2, {1, nan}), LabelKind::kClasses, {0});
  CHECK(std::isnan(at.sum("mean_squared_error")));
}

TEST_CASE("mean_squared_error: it goes with any last layer and any labels") {
  const auto loss = make_from<Loss>("mean_squared_error");
  CHECK_FALSE(loss->is_joint(Link::kSigmoid));
  for (const char* layer : {"sigmoid", "softmax", "dense", "relu"}) {
    CHECK_FALSE(loss->misfit({layer, LabelKind::kClasses}).has_value());
    CHECK_FALSE(loss->misfit({layer, LabelKind::kBinary}).has_value());
  }
}

}  // namespace
}  // namespace nnrun

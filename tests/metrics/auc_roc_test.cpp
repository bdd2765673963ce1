#include <cmath>
#include <limits>
#include <vector>

#include "metrics/metric_values.h"

namespace nnrun {
namespace {

using test::make_from;
using test::Matrix;
using test::metric_values;

using Values = std::vector<double>;

constexpr auto kBinary = LabelKind::kBinary;
constexpr auto kClasses = LabelKind::kClasses;

double area(const Matrix& outputs, LabelKind kind, const std::vector<std::uint32_t>& labels) {
  return metric_values("auc_roc", {outputs.view(), outputs.view()}, {kind, labels})[0];
}

TEST_CASE("auc_roc: by hand, equal outputs counting half") {
  // Of the pairs of {0.8, 0.5} with {0.5, 0.1, 0.9}: right, right, wrong; half, right, wrong.
  const Matrix outputs(5, 1, {0.8F, 0.5F, 0.1F, 0.9F, 0.5F});
  CHECK(area(outputs, kBinary, {1, 0, 0, 0, 1}) == doctest::Approx(3.5 / 6));
}

TEST_CASE("auc_roc: the right order is 1, the wrong one 0, no order a half") {
  const Matrix outputs(4, 1, {0.1F, 0.2F, 0.3F, 0.4F});
  CHECK_EQ(area(outputs, kBinary, {0, 0, 1, 1}), 1.0);
  CHECK_EQ(area(outputs, kBinary, {1, 1, 0, 0}), 0.0);
  CHECK_EQ(area(Matrix(4, 1, {1, 1, 1, 1}), kBinary, {0, 1, 1, 1}), 0.5);
}

TEST_CASE("auc_roc: with classes the mean over those that are there") {
  // Class 0: of 0.6 and 0.1 with 0.1, one right and one half. Class 2: of 0.3 with 0.2 and 0.5, one
  // right. Class 1 is nobody's.
  const Matrix outputs(3, 3, {0.6F, 0.2F, 0.2F, 0.1F, 0.6F, 0.3F, 0.1F, 0.4F, 0.5F});
  CHECK(area(outputs, kClasses, {0, 2, 0}) == doctest::Approx((0.75 + 0.5) / 2));
}

TEST_CASE("auc_roc: without two classes there is no value") {
  CHECK(make_from<Metric>("auc_roc")->may_be_undefined());
  CHECK(std::isnan(area(Matrix(2, 1, {0.1F, 0.9F}), kBinary, {1, 1})));
  CHECK(std::isnan(area(Matrix(2, 2, {0.1F, 0.9F, 0.2F, 0.8F}), kClasses, {1, 1})));
}

TEST_CASE("auc_roc: NaN outputs have no order") {
  const Scalar nan = std::numeric_limits<Scalar>::quiet_NaN();
  CHECK(std::isnan(area(Matrix(3, 1, {0.1F, nan, 0.3F}), kBinary, {0, 1, 1})));
}

TEST_CASE("auc_roc: blocks added up are as all samples at once") {
  const Matrix outputs(5, 1, {0.8F, 0.5F, 0.1F, 0.9F, 0.5F});
  const std::vector<std::uint32_t> labels = {1, 0, 0, 0, 1};
  const auto metric = make_from<Metric>("auc_roc");
  Metric::State all;
  metric->merge({}, all);
  for (std::size_t n = 0; n < labels.size(); ++n) {
    const ConstMatrixView row(outputs.view().row(n).data(), 1, 1);
    Metric::State state;
    metric->add({row, row}, {kBinary, std::span(labels).subspan(n, 1)}, state);
    metric->merge(state, all);
  }
  CHECK_EQ(metric->values(all, 5),
           metric_values("auc_roc", {outputs.view(), outputs.view()}, {kBinary, labels}));
}

TEST_CASE("auc_roc: more is better and every end fits") {
  const auto metric = make_from<Metric>("auc_roc");
  CHECK(metric->higher_is_better());
  CHECK_FALSE(metric->misfit({"softmax", kClasses, 10}).has_value());
  CHECK_FALSE(metric->misfit({"sigmoid", kBinary, 1}).has_value());
}

}  // namespace
}  // namespace nnrun

#include <limits>
#include <vector>

#include "metrics/metric_values.h"

namespace nnrun {
namespace {

using test::make_from;
using test::Matrix;

double right(const Matrix& outputs, LabelKind kind, const std::vector<std::uint32_t>& labels) {
  const auto values =
      test::metric_values("binary_accuracy", {outputs.view(), outputs.view()}, {kind, labels});
  return values[0] * static_cast<double>(labels.size());
}

TEST_CASE("binary_accuracy: value by hand") {
  // Rows say (no, yes), (yes, no), (no, no) of targets (0, 1), (0, 1), (1, 0): 1 + 0 + 1/2.
  const Matrix outputs(3, 2, {0.1F, 0.9F, 0.8F, 0.2F, 0.4F, 0.3F});
  CHECK_EQ(right(outputs, LabelKind::kClasses, {1, 1, 0}), 1.5);
}

TEST_CASE("binary_accuracy: ten outputs that all say no are right nine times in ten") {
  const Matrix outputs(1, 10, std::vector<Scalar>(10, 0.1F));
  CHECK_EQ(right(outputs, LabelKind::kClasses, {3}), doctest::Approx(0.9));
}

TEST_CASE("binary_accuracy: a single output is a yes above one half, as accuracy has it") {
  const Matrix outputs(3, 1, {0.6F, 0.5F, 0.4F});
  CHECK_EQ(right(outputs, LabelKind::kBinary, {1, 0, 0}), 3.0);
  CHECK_EQ(right(outputs, LabelKind::kBinary, {0, 1, 0}), 1.0);
}

TEST_CASE("binary_accuracy: an output that is not a number says no") {
  const Matrix outputs(1, 1, {std::numeric_limits<Scalar>::quiet_NaN()});
  CHECK_EQ(right(outputs, LabelKind::kBinary, {0}), 1.0);
  CHECK_EQ(right(outputs, LabelKind::kBinary, {1}), 0.0);
}

TEST_CASE("binary_accuracy: more is better and every end fits but logarithms") {
  const auto metric = make_from<Metric>("binary_accuracy");
  CHECK(metric->higher_is_better());
  CHECK_FALSE(metric->misfit({"softmax", LabelKind::kClasses}).has_value());
  CHECK_FALSE(metric->misfit({"sigmoid", LabelKind::kBinary}).has_value());
  CHECK(metric->misfit({"log_softmax", LabelKind::kClasses}).has_value());
}

}  // namespace
}  // namespace nnrun

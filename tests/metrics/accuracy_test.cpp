#include <vector>

#include "metrics/metric_values.h"

namespace nnrun {
namespace {

using test::make_from;
using test::Matrix;

double right(const Matrix& outputs, LabelKind kind, const std::vector<std::uint32_t>& labels) {
  const auto values =
      test::metric_values("accuracy", {outputs.view(), outputs.view()}, {kind, labels});
  return values[0] * static_cast<double>(labels.size());
}

TEST_CASE("accuracy: classes predicted right are counted") {
  const Matrix outputs(3, 3, {0.1F, 0.8F, 0.1F, 0.5F, 0.2F, 0.3F, 0.2F, 0.2F, 0.6F});
  CHECK_EQ(right(outputs, LabelKind::kClasses, {1, 0, 2}), 3.0);
  CHECK_EQ(right(outputs, LabelKind::kClasses, {1, 1, 1}), 1.0);
  CHECK_EQ(right(outputs, LabelKind::kClasses, {0, 1, 0}), 0.0);
}

TEST_CASE("accuracy: of equal outputs the first counts") {
  const Matrix outputs(1, 2, {0.5F, 0.5F});
  CHECK_EQ(right(outputs, LabelKind::kClasses, {0}), 1.0);
  CHECK_EQ(right(outputs, LabelKind::kClasses, {1}), 0.0);
}

TEST_CASE("accuracy: a single output is a yes above one half") {
  const Matrix outputs(3, 1, {0.6F, 0.5F, 0.4F});
  CHECK_EQ(right(outputs, LabelKind::kBinary, {1, 0, 0}), 3.0);
  CHECK_EQ(right(outputs, LabelKind::kBinary, {0, 1, 0}), 1.0);
}

TEST_CASE("accuracy: more is better and every end fits") {
  const auto accuracy = make_from<Metric>("accuracy");
  CHECK(accuracy->higher_is_better());
  CHECK_FALSE(accuracy->misfit({"dense", LabelKind::kClasses}).has_value());
  CHECK_FALSE(accuracy->misfit({"sigmoid", LabelKind::kBinary}).has_value());
}

}  // namespace
}  // namespace nnrun

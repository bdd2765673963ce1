#include <vector>

#include "metrics/metric_values.h"

namespace nnrun {
namespace {

using test::contains;
using test::make_from;
using test::Matrix;
using test::metric_values;
using test::mistakes_in;

using Values = std::vector<double>;

constexpr auto kBinary = LabelKind::kBinary;
constexpr auto kClasses = LabelKind::kClasses;

// Predicted 0, 0, 0, 1, 1 of the labels 0, 0, 1, 1, 3; class 2 is nobody's and never predicted.
const Matrix kOutputs(5, 4, {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0});
const std::vector<std::uint32_t> kLabels = {0, 0, 1, 1, 3};

Values of(const std::string& text) {
  return metric_values(text, {kOutputs.view(), kOutputs.view()}, {kClasses, kLabels});
}

TEST_CASE("precision: each class by hand, 0 where there is nothing to divide by") {
  CHECK_EQ(of("precision: {average: per_class}"), Values{2.0 / 3, 0.5, 0, 0});
}

TEST_CASE("precision: macro is the mean over all classes, micro of the counts added up") {
  const auto each = of("precision: {average: per_class}");
  CHECK(of("precision")[0] == doctest::Approx((each[0] + each[1] + each[2] + each[3]) / 4));
  CHECK(of("precision: {average: micro}")[0] == doctest::Approx(3.0 / 5));
}

TEST_CASE("precision: with one output it is that of the positive class") {
  // Yes to three of which two are; two more are not found.
  const Matrix outputs(6, 1, {0.9F, 0.8F, 0.7F, 0.5F, 0.1F, 0});
  const std::vector<std::uint32_t> labels = {1, 1, 0, 1, 1, 0};
  const Prediction prediction{outputs.view(), outputs.view()};
  CHECK(metric_values("precision", prediction, {kBinary, labels})[0] == doctest::Approx(2.0 / 3));
  const Matrix no(2, 1, {0.1F, 0.2F});
  CHECK_EQ(metric_values("precision", {no.view(), no.view()}, {kBinary, {labels.data(), 2}}),
           Values{0});
}

TEST_CASE("precision: columns are named by the average") {
  const NetworkEnd end{"softmax", kClasses, 3};
  using Names = std::vector<std::string>;
  CHECK_EQ(make_from<Metric>("precision")->suffixes(end), Names{""});
  CHECK_EQ(make_from<Metric>("precision: {average: micro}")->suffixes(end), Names{"_micro"});
  CHECK_EQ(make_from<Metric>("precision: {average: per_class}")->suffixes(end),
           Names{"_0", "_1", "_2"});
  CHECK(more_is_better("precision_micro"));
}

TEST_CASE("precision: averages that there are not are refused") {
  CHECK(contains(mistakes_in<Metric>("precision: {average: weighted}"),
                 "precision.average: expected macro | micro | per_class"));
  const auto metric = make_from<Metric>("precision: {average: per_class}");
  CHECK(contains(metric->misfit({"sigmoid", kBinary, 1}).value_or(""),
                 "average: per_class needs 'labels: classes'"));
  CHECK_FALSE(metric->misfit({"softmax", kClasses, 10}).has_value());
  CHECK_FALSE(make_from<Metric>("precision")->misfit({"sigmoid", kBinary, 1}).has_value());
}

}  // namespace
}  // namespace nnrun

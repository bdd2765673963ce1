// What the tests of precision, recall and f1 share: scores of one class against the rest, and their averages.
#pragma once

#include <string>
#include <vector>

#include "metrics/metric_values.h"

namespace nnrun::test {

/// A score by hand.
struct ClassScoreValues {
  std::string name;
  /// Of predictions 0, 0, 0, 1, 1 of the labels 0, 0, 1, 1, 3: class 2 is nobody's and never predicted.
  std::vector<double> per_class;
  /// Of one output that says yes to three of which two are; two more are not found.
  double positive;
};

inline void check_class_score(const ClassScoreValues& values) {
  using Values = std::vector<double>;
  using Names = std::vector<std::string>;
  constexpr auto kBinary = LabelKind::kBinary;
  constexpr auto kClasses = LabelKind::kClasses;
  const std::string per_class = values.name + ": {average: per_class}";
  const std::string micro = values.name + ": {average: micro}";
  const Matrix scores(5, 4, {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0});
  const std::vector<std::uint32_t> classes = {0, 0, 1, 1, 3};
  const auto of = [&](const std::string& text) {
    return metric_values(text, {scores.view(), scores.view()}, {kClasses, classes});
  };

  CHECK_EQ(of(per_class), values.per_class);

  const auto each = of(per_class);
  CHECK(of(values.name)[0] == doctest::Approx((each[0] + each[1] + each[2] + each[3]) / 4));
  CHECK(of(micro)[0] == doctest::Approx(3.0 / 5));

  // Yes to three of which two are; two more are not found.
  const Matrix outputs(6, 1, {0.9F, 0.8F, 0.7F, 0.5F, 0.1F, 0});
  const std::vector<std::uint32_t> labels = {1, 1, 0, 1, 1, 0};
  const Prediction prediction{outputs.view(), outputs.view()};
  CHECK(metric_values(values.name, prediction, {kBinary, labels})[0] ==
        doctest::Approx(values.positive));
  const Matrix no(2, 1, {0.1F, 0.2F});
  CHECK_EQ(metric_values(values.name, {no.view(), no.view()}, {kBinary, {labels.data(), 2}}),
           Values{0});

  const NetworkEnd end{"softmax", kClasses, 3};
  CHECK_EQ(make_from<Metric>(values.name)->suffixes(end), Names{""});
  CHECK_EQ(make_from<Metric>(micro)->suffixes(end), Names{"_micro"});
  CHECK_EQ(make_from<Metric>(per_class)->suffixes(end), Names{"_0", "_1", "_2"});
  CHECK(more_is_better(values.name + "_micro"));

  CHECK(contains(mistakes_in<Metric>(values.name + ": {average: weighted}"),
                 values.name + ".average: expected macro | micro | per_class"));
  const auto metric = make_from<Metric>(per_class);
  CHECK(contains(metric->misfit({"sigmoid", kBinary, 1}).value_or(""),
                 "average: per_class needs 'labels: classes'"));
  CHECK_FALSE(metric->misfit({"softmax", kClasses, 10}).has_value());
  CHECK_FALSE(make_from<Metric>(values.name)->misfit({"sigmoid", kBinary, 1}).has_value());
}

}  // namespace nnrun::test

#include <limits>
#include <vector>

#include "metrics/metric_values.h"

namespace nnrun {
namespace {

using test::contains;
using test::make_from;
using test::Matrix;
using test::metric_values;
using test::mistakes_in;

constexpr auto kBinary = LabelKind::kBinary;
constexpr auto kClasses = LabelKind::kClasses;

double share(const std::string& text, const Matrix& outputs,
             const std::vector<std::uint32_t>& labels) {
  return metric_values(text, {outputs.view(), outputs.view()}, {kClasses, labels})[0];
}

TEST_CASE("top_k_accuracy: a sample counts when its class is among the k largest") {
  // The labels' outputs are the second, the third and the first.
  const Matrix outputs(3, 3, {0.5F, 0.3F, 0.2F, 0.5F, 0.3F, 0.2F, 0.5F, 0.3F, 0.2F});
  CHECK_EQ(share("top_k_accuracy: {k: 1}", outputs, {1, 2, 0}), doctest::Approx(1.0 / 3));
  CHECK_EQ(share("top_k_accuracy: {k: 2}", outputs, {1, 2, 0}), doctest::Approx(2.0 / 3));
  CHECK_EQ(share("top_k_accuracy: {k: 3}", outputs, {1, 2, 0}), 1.0);
}

TEST_CASE("top_k_accuracy: of equal outputs those before count, so that k = 1 is accuracy") {
  const Matrix outputs(1, 3, {0.25F, 0.5F, 0.5F});
  CHECK_EQ(share("top_k_accuracy: {k: 1}", outputs, {1}), 1.0);
  CHECK_EQ(share("top_k_accuracy: {k: 1}", outputs, {2}), 0.0);
  CHECK_EQ(share("top_k_accuracy: {k: 2}", outputs, {2}), 1.0);
}

TEST_CASE("top_k_accuracy: NaN is no hit") {
  const Scalar nan = std::numeric_limits<Scalar>::quiet_NaN();
  CHECK_EQ(share("top_k_accuracy: {k: 1}", Matrix(1, 2, {nan, nan}), {0}), 0.0);
}

TEST_CASE("top_k_accuracy: the column says k, which is 5 unless told") {
  CHECK_EQ(make_from<Metric>("top_k_accuracy")->suffixes({"softmax", kClasses, 10}),
           std::vector<std::string>{"_5"});
  CHECK_EQ(make_from<Metric>("top_k_accuracy: {k: 3}")->suffixes({"softmax", kClasses, 10}),
           std::vector<std::string>{"_3"});
  CHECK(more_is_better("top_k_accuracy_5"));
}

TEST_CASE("top_k_accuracy: k is at least 1 and at most the number of classes") {
  CHECK(contains(mistakes_in<Metric>("top_k_accuracy: {k: 0}"),
                 "top_k_accuracy.k: expected a whole number ≥ 1, got 0"));
  const auto metric = make_from<Metric>("top_k_accuracy: {k: 11}");
  CHECK_EQ(metric->misfit({"softmax", kClasses, 10}).value_or(""),
           "k: expected at most the number of classes, which is 10, got 11");
  CHECK_FALSE(metric->misfit({"softmax", kClasses, 11}).has_value());
  CHECK_FALSE(metric->misfit({"softmax", kClasses, 0}).has_value());
  CHECK(contains(metric->misfit({"sigmoid", kBinary, 1}).value_or(""), "needs 'labels: classes'"));
}

}  // namespace
}  // namespace nnrun

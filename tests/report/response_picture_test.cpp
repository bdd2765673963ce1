#include "report/response_picture.h"

#include <cmath>

#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::error_of;

/// A finished run with final accuracies, of validation 0.1 below.
StoredRun run(const std::string& name, double accuracy, const std::string& status = "completed") {
  StoredRun made;
  made.folder = "results/a/" + name;
  made.experiment = "a";
  made.name = name;
  made.status = status;
  made.curves.names = {"train_accuracy", "validation_accuracy"};
  made.curves.values = {{0, accuracy}, {0, accuracy - 0.1}};
  if (status != "diverged") {
    made.curves.figures = {{"final_train_accuracy", accuracy},
                           {"final_validation_accuracy", accuracy - 0.1}};
  }
  return made;
}

Figure against(const std::string& field) {
  Figure figure;
  figure.title = "response";
  figure.metric = "accuracy";
  figure.against = field;
  return figure;
}

TEST_CASE("response: final values stand at the field's values, from the least on") {
  const auto picture = make_picture(against("rate"), {run("rate=10", 0.9), run("rate=0.1", 0.5)});
  CHECK(picture.x_values == std::vector<double>{0.1, 10});
  CHECK(picture.x_logarithmic);
  CHECK_EQ(picture.x_label, "rate");
  REQUIRE_EQ(picture.series.size(), 1);
  CHECK(picture.series[0].train == std::vector<double>{0.5, 0.9});
  CHECK(picture.series[0].validation == std::vector<double>{0.4, 0.8});
}

TEST_CASE("response: values that are near each other, or not above 0, have a linear axis") {
  CHECK_FALSE(
      make_picture(against("rate"), {run("rate=1", 0.9), run("rate=10", 0.5)}).x_logarithmic);
  CHECK_FALSE(
      make_picture(against("rate"), {run("rate=0", 0.9), run("rate=10", 0.5)}).x_logarithmic);
}

TEST_CASE("response: other fields make curves of their own, what diverged is a gap") {
  const auto picture = make_picture(
      against("rate"), {run("rate=1,units=8", 0.5), run("rate=1,units=16", 0.6),
                        run("rate=2,units=8", 0.7), run("rate=2,units=16", 9, "diverged")});
  REQUIRE_EQ(picture.series.size(), 2);
  CHECK_EQ(picture.series[0].label, "units 8");
  CHECK(picture.series[0].train == std::vector<double>{0.5, 0.7});
  CHECK_EQ(picture.series[1].train[0], 0.6);
  CHECK(std::isnan(picture.series[1].train[1]));
}

TEST_CASE("response: of repeats the mean, in a band") {
  const auto picture =
      make_picture(against("rate"), {run("rate=1,seed=1", 0.5), run("rate=1,seed=2", 0.7),
                                     run("rate=2,seed=1", 0.8), run("rate=2,seed=2", 0.8)});
  REQUIRE_EQ(picture.series.size(), 1);
  CHECK_EQ(picture.series[0].train[0], doctest::Approx(0.6));
  // t of one degree of freedom is 12.706; sd / √2 is 0.1.
  CHECK_EQ(picture.series[0].train_band.low[0], doctest::Approx(0.6 - 1.2706).epsilon(1e-4));
  CHECK_EQ(picture.series[0].train_band.high[1], doctest::Approx(0.8));
  CHECK(contains(picture.note, "mean of 2 seeds"));
}

TEST_CASE("response: runs of two experiments are two curves") {
  auto other = run("rate=1", 0.9);
  other.folder = "results/b/rate=1";
  other.experiment = "b";
  const auto picture = make_picture(against("rate"), {run("rate=1", 0.5), other});
  REQUIRE_EQ(picture.series.size(), 2);
  CHECK(picture.series[0].train == std::vector<double>{0.5});
  CHECK(picture.series[1].train == std::vector<double>{0.9});
}

TEST_CASE("response: a field that a run has no number of is refused") {
  CHECK(contains(error_of([] { make_picture(against("size"), {run("rate=1", 0.9)}); }),
                 "results/a/rate=1: has no number size"));
  CHECK(contains(error_of([] { make_picture(against("rate"), {run("rate=adam", 0.9)}); }),
                 "has no number rate"));
}

}  // namespace
}  // namespace nnrun

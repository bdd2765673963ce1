#include "report/picture.h"

#include <cmath>
#include <limits>

#include "report/stored.h"
#include "support.h"

namespace nnrun {
namespace {

using namespace test;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Figure loss_figure() {
  Figure figure;
  figure.title = "mine";
  figure.metric = "loss";
  return figure;
}

Range y_of(const std::vector<StoredRun>& runs, bool logarithmic = false) {
  Figure figure = loss_figure();
  figure.logarithmic = logarithmic;
  return make_picture(figure, runs).y;
}

TEST_CASE("picture: curves, labels and axes of the runs in their order") {
  const auto picture = make_picture(
      loss_figure(), {stored("units=1", {3, 2, 1}, {4, 3, 2}), stored("units=2", {3, 2}, {3, 2})});
  CHECK_EQ(picture.title, "mine");
  CHECK_EQ(picture.y_label, "loss (cross_entropy, nats per sample)");
  REQUIRE_EQ(picture.series.size(), 2);
  CHECK_EQ(picture.series[0].label, "units 1");
  CHECK_EQ(picture.series[0].train, std::vector<double>{3, 2, 1});
  CHECK_EQ(picture.series[0].validation, std::vector<double>{4, 3, 2});
  CHECK_EQ(picture.x.low, 0);
  CHECK_EQ(picture.x.high, 2);
  CHECK_EQ(picture.y.low, doctest::Approx(1 - 0.12));
  CHECK_EQ(picture.y.high, doctest::Approx(4 + 0.12));
}

TEST_CASE(
    "picture: the y axis has room around a constant, and none below 0 for what is never there") {
  CHECK_EQ(y_of({stored("run", {0.9, 0.9}, {0.9, 0.9})}).low, doctest::Approx(0.891));
  CHECK_EQ(y_of({stored("run", {0.9, 0.9}, {0.9, 0.9})}).high, doctest::Approx(0.909));
  CHECK_EQ(y_of({stored("run", {0, 0}, {0, 0})}).high, 0.5);
  CHECK_EQ(y_of({stored("run", {2, 0}, {2, 0})}).low, 0);
  CHECK_EQ(y_of({stored("run", {-2, 0}, {0, 0})}).low, doctest::Approx(-2.08));
}

TEST_CASE("picture: one epoch, or only the untrained row, still has an x axis") {
  CHECK_EQ(make_picture(loss_figure(), {stored("run", {2, 1}, {2, 1})}).x.high, 1);
  CHECK_EQ(make_picture(loss_figure(), {stored("run", {2}, {2})}).x.high, 1);
}

TEST_CASE("picture: what is not finite is a gap and does not count for the axis") {
  const auto picture =
      make_picture(loss_figure(), {stored("run", {2, kInfinity, 1, kNan}, {kNan, 2, 1, 1e200})});
  const auto& series = picture.series[0];
  CHECK(std::isnan(series.train[1]));
  CHECK(std::isnan(series.train[3]));
  CHECK(std::isnan(series.validation[0]));
  CHECK(std::isnan(series.validation[3]));
  CHECK_EQ(picture.y.high, doctest::Approx(2.04));
  CHECK_EQ(y_of({stored("run", {kNan}, {kNan})}).high, 1);
  CHECK_EQ(y_of({stored("run", {kNan}, {kNan})}, true).low, 0.1);
}

TEST_CASE("picture: a diverged run does not press the others flat") {
  const auto good = stored("units=1", {2, 1}, {2, 1});
  const auto bad = stored("units=2", {3, 1e20}, {3, kNan}, "diverged");
  CHECK_EQ(y_of({good, bad}).high, doctest::Approx(3.08));
  CHECK_EQ(y_of({bad}).high, doctest::Approx(1.04e20));
}

TEST_CASE("picture: a logarithmic axis leaves out what is not above 0") {
  const Range y = y_of({stored("run", {100, 1}, {0, -5})}, true);
  CHECK_EQ(y.low, doctest::Approx(1 / std::pow(100, 0.04)));
  CHECK_EQ(y.high, doctest::Approx(100 * std::pow(100, 0.04)));
  CHECK_EQ(y_of({stored("run", {3}, {3})}, true).low, 1.5);
}

TEST_CASE("picture: ranges that are given are kept") {
  Figure figure = loss_figure();
  figure.x_range = Range{0, 50};
  figure.y_range = Range{0.25, 0.75};
  const auto picture = make_picture(figure, {stored("run", {2, 1}, {2, 1})});
  CHECK_EQ(picture.x.high, 50);
  CHECK_EQ(picture.y.low, 0.25);
  CHECK_EQ(picture.y.high, 0.75);
}

TEST_CASE("picture: a measure that a run does not have is named with the nearest and all it has") {
  Figure figure = loss_figure();
  figure.metric = "los";
  CHECK_EQ(error_of([&] { make_picture(figure, {stored("run", {1}, {1})}); }),
           "results/mine/run: no measure 'los'; did you mean 'loss'?; measured: loss");
}

TEST_CASE("picture: more runs than can be told apart are refused") {
  Figure figure = loss_figure();
  std::vector<StoredRun> runs;
  const auto add_runs = [&](std::size_t count) {
    while (runs.size() < count) {
      runs.push_back(stored("units=" + std::to_string(runs.size()), {1}, {1}));
    }
  };
  add_runs(kMostOverlaid);
  CHECK_EQ(make_picture(figure, runs).series.size(), kMostOverlaid);
  add_runs(kMostOverlaid + 1);
  CHECK_EQ(
      error_of([&] { make_picture(figure, runs); }),
      "mine: 43 runs are too many for one picture: at most 42 can be told apart in one diagram, "
      "60 fit as panels");
  figure.layout = Layout::kPanels;
  CHECK_EQ(make_picture(figure, runs).series.size(), 43);
  add_runs(61);
  CHECK_EQ(error_of([&] { make_picture(figure, runs); }),
           "mine: 61 runs are too many for one picture: at most 60 fit as panels");
}

TEST_CASE("picture: of repeats the mean is drawn in a band, others beside it as they are") {
  const std::vector runs = {stored("units=1,seed=1", {4, 1}, {4, 2}),
                            stored("units=1,seed=2", {4, 3}, {4, 4}),
                            stored("units=2,seed=1", {5, 2}, {5, 3})};
  Figure figure = loss_figure();
  figure.band = Band::kDeviation;
  const Picture picture = make_picture(figure, runs);
  REQUIRE_EQ(picture.series.size(), 2);
  const Series& mean = picture.series[0];
  CHECK_EQ(mean.label, "units 1");
  CHECK_EQ(mean.train, std::vector<double>{4, 2});
  CHECK_EQ(mean.validation, std::vector<double>{4, 3});
  const double deviation = std::sqrt(2.0);
  CHECK_EQ(mean.train_band.low, std::vector<double>{4, 2 - deviation});
  CHECK_EQ(mean.validation_band.high, std::vector<double>{4, 3 + deviation});
  CHECK_EQ(picture.series[1].train, std::vector<double>{5, 2});
  CHECK(picture.series[1].train_band.low.empty());
  CHECK_EQ(picture.note, "mean over seeds, shaded: one standard deviation to each side");
  CHECK_LE(picture.y.low, 2 - deviation);
}

TEST_CASE("picture: the band is the interval of the mean unless another or none is asked for") {
  const std::vector runs = {stored("seed=1", {4, 1}, {}), stored("seed=2", {4, 3}, {})};
  Figure figure = loss_figure();
  Picture picture = make_picture(figure, runs);
  // m = 2, s / sqrt(2) = 1, t = 12.706.
  CHECK_EQ(picture.series[0].train_band.low[1], doctest::Approx(2 - 12.706).epsilon(1e-4));
  CHECK_EQ(picture.note, "mean of 2 seeds, shaded: its 95 % interval");
  figure.band = Band::kNone;
  picture = make_picture(figure, runs);
  CHECK(picture.series[0].train_band.low.empty());
  CHECK_EQ(picture.note, "mean of 2 seeds");
  figure.each_run = true;
  CHECK_EQ(make_picture(figure, runs).series.size(), 2);
  CHECK_EQ(make_picture(figure, runs).note, "");
}

TEST_CASE("picture: repeats that diverged are in no mean, a run alone is drawn as far as it went") {
  const std::vector runs = {stored("units=1,seed=1", {4, 1}, {}),
                            stored("units=1,seed=2", {4, 1e30}, {}, "diverged"),
                            stored("units=2,seed=1", {5, 1e30}, {}, "diverged")};
  const Picture picture = make_picture(loss_figure(), runs);
  CHECK_EQ(picture.series[0].train, std::vector<double>{4, 1});
  CHECK(picture.series[0].train_band.low.empty());
  CHECK_EQ(picture.series[1].label, "units 2, seed 1 (diverged)");
  CHECK_EQ(picture.series[1].train, std::vector<double>{5, 1e30});
}

}  // namespace
}  // namespace nnrun

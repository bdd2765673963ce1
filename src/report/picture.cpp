#include "report/picture.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/text.h"
#include "report/response_picture.h"
#include "report/run_label.h"

namespace nnrun {

namespace {

constexpr double kNowhere = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view kTrain = "train_";
constexpr std::string_view kValidation = "validation_";

std::vector<double> curve(const StoredRun& run, std::string_view part, const std::string& metric) {
  const auto* values = run.curves.find(std::string(part) + metric);
  if (values == nullptr) return {};
  auto drawn = *values;
  for (double& value : drawn) {
    const bool shown = std::abs(value) <= kLargestDrawn;  // false for NaN
    if (!shown) value = std::numeric_limits<double>::quiet_NaN();
  }
  return drawn;
}

void check_count(const Figure& figure, std::size_t runs) {
  const std::string why = too_many_runs(figure.layout, runs);
  if (!why.empty()) throw Error(printable(figure.title) + ": " + why);
}

/// Adds what is finite and can be shown to the ends found so far.
void stretch(Range& range, double value, bool logarithmic) {
  if (!std::isfinite(value) || (logarithmic && value < 1 / kLargestDrawn)) return;
  range.low = std::min(range.low, value);
  range.high = std::max(range.high, value);
}

constexpr Range kNothing = {std::numeric_limits<double>::infinity(),
                            -std::numeric_limits<double>::infinity()};

/// The values to be shown. A run that diverged counts with its first value alone where others did
/// not: what it rose to would press their curves flat.
Range values_range(const std::vector<Series>& series, const std::vector<StoredRun>& runs,
                   bool logarithmic) {
  const bool all_diverged = std::all_of(
      runs.begin(), runs.end(), [](const StoredRun& run) { return run.status == "diverged"; });
  Range range = kNothing;
  for (std::size_t r = 0; r < series.size(); ++r) {
    const bool whole = all_diverged || runs[r].status != "diverged";
    const Series& one = series[r];
    for (const auto* values :
         {&one.train, &one.validation, &one.train_band.low, &one.train_band.high,
          &one.validation_band.low, &one.validation_band.high}) {
      const std::size_t count = whole ? values->size() : std::min<std::size_t>(values->size(), 1);
      for (std::size_t e = 0; e < count; ++e) stretch(range, (*values)[e], logarithmic);
    }
  }
  return range;
}

/// The ends of the y axis: the values with a margin, or something around a constant.
Range y_axis(const Range& values, bool logarithmic) {
  constexpr double kMargin = 0.04;
  if (values.low > values.high) return logarithmic ? Range{0.1, 1} : Range{0, 1};
  if (logarithmic) {
    const double decades = std::log10(values.high) - std::log10(values.low);
    const double factor = decades == 0 ? 2 : std::pow(10, decades * kMargin);
    return {values.low / factor, values.high * factor};
  }
  double margin = (values.high - values.low) * kMargin;
  // Less than this cannot be told from a constant in the picture's numbers.
  const double least = std::max(std::abs(values.low), std::abs(values.high)) * 1e-5;
  if (margin < least) margin = least * 1e3;
  if (margin == 0) margin = 0.5;
  // What is never below 0 has no room there.
  const double least_shown = values.low >= 0 ? 0 : -std::numeric_limits<double>::infinity();
  return {std::max(values.low - margin, least_shown), values.high + margin};
}

Range x_axis(const std::vector<Series>& series) {
  std::size_t rows = 2;
  for (const Series& one : series) {
    rows = std::max({rows, one.train.size(), one.validation.size()});
  }
  return {0, static_cast<double>(rows - 1)};
}

void check_measured(const StoredRun& run, const std::string& metric) {
  const auto known = run.curves.measures();
  if (std::find(known.begin(), known.end(), metric) != known.end()) return;
  throw Error(fmt::format("{}: no measure '{}'{}; measured: {}", printable(run.folder.string()),
                          printable(metric), suggestion(metric, known), fmt::join(known, ", ")));
}

/// The means; where a grid point has one run, that run, whatever became of it.
std::vector<StoredRun> drawn_runs(const std::vector<Repeats>& points) {
  std::vector<StoredRun> runs;
  for (const Repeats& point : points) {
    runs.push_back(point.runs.size() == 1 ? *point.runs.front() : point.mean);
  }
  return runs;
}

/// The ends around one mean; NaN where there are none.
Interval ends_of(const Statistics& value, Band band) {
  const double mean = value.mean();
  if (band == Band::kInterval) return value.interval().value_or(Interval{kNowhere, kNowhere});
  return {mean - value.deviation(), mean + value.deviation()};
}

CurveBand band_around(const Repeats& point, const std::string& curve, Band band) {
  CurveBand ends;
  const auto& names = point.mean.curves.names;
  const auto place = std::find(names.begin(), names.end(), curve) - names.begin();
  if (point.averaged.size() < 2 || static_cast<std::size_t>(place) == names.size()) return ends;
  for (const Statistics& value : point.values[static_cast<std::size_t>(place)]) {
    const Interval here = ends_of(value, band);
    ends.low.push_back(here.low);
    ends.high.push_back(here.high);
  }
  return ends;
}

void add_bands(Series& series, const Repeats& point, const Figure& figure) {
  if (figure.band == Band::kNone) return;
  series.train_band = band_around(point, std::string(kTrain) + figure.metric, figure.band);
  series.validation_band =
      band_around(point, std::string(kValidation) + figure.metric, figure.band);
}

}  // namespace

Series make_series(const StoredRun& run, const std::string& label, const std::string& metric) {
  return {label, curve(run, kTrain, metric), curve(run, kValidation, metric)};
}

std::string repeats_note(const std::vector<Repeats>& points, const std::string& over, Band band) {
  const std::size_t count = points.front().averaged.size();
  const bool all = std::all_of(points.begin(), points.end(), [&](const Repeats& point) {
    return point.averaged.size() == count;
  });
  std::string text = all ? fmt::format("mean of {} {}", count, over) : "mean over " + over;
  if (band == Band::kInterval) text += ", shaded: its 95 % interval";
  if (band == Band::kDeviation) text += ", shaded: one standard deviation to each side";
  return text;
}

Range y_range(const std::vector<Series>& series, const std::vector<StoredRun>& runs,
              bool logarithmic) {
  return y_axis(values_range(series, runs, logarithmic), logarithmic);
}

Picture make_picture(const Figure& figure, const std::vector<StoredRun>& runs) {
  for (const StoredRun& run : runs) check_measured(run, figure.metric);
  if (!figure.against.empty()) return make_response(figure, runs);
  const bool repeated = !figure.each_run && have_repeats(runs);
  const auto points = repeated ? repeats_of(runs) : std::vector<Repeats>();
  const auto drawn = repeated ? drawn_runs(points) : runs;
  check_count(figure, drawn.size());
  Picture picture{.title = figure.title,
                  .y_label = axis_label(figure.metric, runs),
                  .series = {},
                  .layout = figure.layout,
                  .x = {},
                  .y = {},
                  .logarithmic = figure.logarithmic};
  const auto labels = run_labels(drawn);
  for (std::size_t r = 0; r < drawn.size(); ++r) {
    picture.series.push_back(make_series(drawn[r], labels[r], figure.metric));
    if (repeated) add_bands(picture.series.back(), points[r], figure);
  }
  if (repeated) picture.note = repeats_note(points, repeated_over(runs), figure.band);
  picture.x = figure.x_range.value_or(x_axis(picture.series));
  picture.y = figure.y_range.value_or(y_range(picture.series, drawn, figure.logarithmic));
  return picture;
}

}  // namespace nnrun

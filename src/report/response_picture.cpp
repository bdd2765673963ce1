#include "report/response_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "experiment/grid_points.h"
#include "report/repeats.h"
#include "report/run_label.h"

namespace nnrun {

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

double field_number(const StoredRun& run, const std::string& field) {
  for (const FieldText& each : fields_of(run)) {
    const auto number = each.path == field ? parse_real(each.value) : std::nullopt;
    if (number) return *number;
  }
  throw Error(fmt::format("{}: has no number {}, against which it is to be drawn",
                          printable(run.folder.string()), printable(field)));
}

/// All values of the field, from the least on.
std::vector<double> field_values(const std::vector<Repeats>& points, const std::string& field) {
  std::set<double> values;
  for (const Repeats& point : points) values.insert(field_number(*point.runs.front(), field));
  return {values.begin(), values.end()};
}

/// The grid points that differ in nothing but the field.
std::vector<std::vector<const Repeats*>> curves_of(const std::vector<Repeats>& points,
                                                   const std::string& field) {
  std::vector<std::string> names;
  for (const Repeats& point : points) {
    const StoredRun& first = *point.runs.front();
    names.push_back(first.folder.parent_path().string() + "/" +
                    fields_but(first, [&](std::string_view path) {
                      return path == field || is_repeat_field(path);
                    }));
  }
  std::vector<std::vector<const Repeats*>> curves;
  for (const auto& group : grouped(names)) {
    auto& curve = curves.emplace_back();
    for (const std::size_t place : group) curve.push_back(&points[place]);
  }
  return curves;
}

/// A curve that has no value yet, of so many points.
Series empty_series(std::size_t count) {
  Series series;
  for (auto* values :
       {&series.train, &series.validation, &series.train_band.low, &series.train_band.high,
        &series.validation_band.low, &series.validation_band.high}) {
    values->assign(count, kMissing);
  }
  return series;
}

void put_band(CurveBand& band, std::size_t at, const Statistics& value, Band kind) {
  const auto interval = value.interval();
  if (kind == Band::kInterval && interval) {
    band.low[at] = interval->low;
    band.high[at] = interval->high;
  } else if (kind == Band::kDeviation) {
    band.low[at] = value.mean() - value.deviation();
    band.high[at] = value.mean() + value.deviation();
  }
}

/// The final values of one grid point.
void put_point(Series& series, std::size_t at, const Repeats& point, const Figure& figure) {
  const auto put = [&](const char* part, std::vector<double>& values, CurveBand& band) {
    const auto found = point.figures.find(fmt::format("final_{}_{}", part, figure.metric));
    if (point.averaged.empty() || found == point.figures.end()) return;
    const double mean = found->second.mean();
    if (std::abs(mean) <= kLargestDrawn) values[at] = mean;
    if (point.averaged.size() > 1) put_band(band, at, found->second, figure.band);
  };
  put("train", series.train, series.train_band);
  put("validation", series.validation, series.validation_band);
}

/// Takes away what no point has.
void drop_empty(Series& series, bool bands) {
  const auto nothing = [](const std::vector<double>& values) {
    return std::all_of(values.begin(), values.end(),
                       [](double value) { return std::isnan(value); });
  };
  if (nothing(series.validation)) series.validation.clear();
  if (!bands) series.train_band = series.validation_band = {};
}

/// A run that stands for a curve: it has neither the field nor repeats, and its values are there or gaps.
StoredRun curve_run(const std::vector<const Repeats*>& curve, const std::string& field) {
  StoredRun run = curve.front()->mean;
  run.name = fields_but(run, [&](std::string_view path) { return path == field; });
  run.status = "completed";
  return run;
}

bool is_logarithmic(const std::vector<double>& values) {
  constexpr double kFactor = 30;
  return values.front() > 0 && values.back() > kFactor * values.front();
}

}  // namespace

Picture make_response(const Figure& figure, const std::vector<StoredRun>& runs) {
  const auto points = repeats_of(runs);
  const bool repeated = have_repeats(runs);
  Picture picture;
  picture.title = figure.title;
  picture.y_label = "final " + axis_label(figure.metric, runs);
  picture.x_label = spoken_name(figure.against);
  picture.x_values = field_values(points, figure.against);
  picture.x_logarithmic = is_logarithmic(picture.x_values);
  picture.logarithmic = figure.logarithmic;
  picture.all_points = true;
  std::vector<StoredRun> curves;
  for (const auto& curve : curves_of(points, figure.against)) {
    Series series = empty_series(picture.x_values.size());
    for (const Repeats* point : curve) {
      const double x = field_number(*point->runs.front(), figure.against);
      const auto at = std::lower_bound(picture.x_values.begin(), picture.x_values.end(), x);
      put_point(series, static_cast<std::size_t>(at - picture.x_values.begin()), *point, figure);
    }
    drop_empty(series, repeated && figure.band != Band::kNone);
    picture.series.push_back(std::move(series));
    curves.push_back(curve_run(curve, figure.against));
  }
  const std::string why = too_many_runs(Layout::kOverlay, curves.size());
  if (!why.empty()) throw Error(printable(figure.title) + ": " + why);
  const auto labels = run_labels(curves);
  for (std::size_t s = 0; s < labels.size(); ++s) picture.series[s].label = labels[s];
  if (repeated) picture.note = repeats_note(points, repeated_over(runs), figure.band);
  picture.x = figure.x_range.value_or(Range{picture.x_values.front(), picture.x_values.back()});
  picture.y = figure.y_range.value_or(y_range(picture.series, curves, figure.logarithmic));
  return picture;
}

}  // namespace nnrun

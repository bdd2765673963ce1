#include "report/picture.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/text.h"
#include "report/run_label.h"

namespace nnrun {

namespace {

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
    for (const auto* values : {&series[r].train, &series[r].validation}) {
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

}  // namespace

Series make_series(const StoredRun& run, const std::string& label, const std::string& metric) {
  return {label, curve(run, kTrain, metric), curve(run, kValidation, metric)};
}

Range y_range(const std::vector<Series>& series, const std::vector<StoredRun>& runs,
              bool logarithmic) {
  return y_axis(values_range(series, runs, logarithmic), logarithmic);
}

Picture make_picture(const Figure& figure, const std::vector<StoredRun>& runs) {
  check_count(figure, runs.size());
  Picture picture{.title = figure.title,
                  .y_label = axis_label(figure.metric, runs),
                  .series = {},
                  .layout = figure.layout,
                  .x = {},
                  .y = {},
                  .logarithmic = figure.logarithmic};
  const auto labels = run_labels(runs);
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const auto known = runs[r].curves.measures();
    if (std::find(known.begin(), known.end(), figure.metric) == known.end()) {
      throw Error(fmt::format("{}: no measure '{}'{}; measured: {}",
                              printable(runs[r].folder.string()), printable(figure.metric),
                              suggestion(figure.metric, known), fmt::join(known, ", ")));
    }
    picture.series.push_back(make_series(runs[r], labels[r], figure.metric));
  }
  picture.x = figure.x_range.value_or(x_axis(picture.series));
  picture.y = figure.y_range.value_or(y_range(picture.series, runs, figure.logarithmic));
  return picture;
}

}  // namespace nnrun

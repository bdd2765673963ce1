#include "report/html_curves.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/curve_rows.h"
#include "report/html_diagram.h"
#include "report/html_runs.h"
#include "report/html_text.h"
#include "report/picture.h"
#include "report/run_label.h"

namespace nnrun {

using Json = nlohmann::ordered_json;

namespace {

std::vector<std::string> measures_of(const ReportExperiment& experiment) {
  std::vector<std::string> all;
  for (const ReportRun& run : experiment.runs) {
    for (const std::string& name : run.stored.curves.measures()) {
      if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
    }
  }
  return all;
}

/// As many digits as can be told apart in a diagram; what is not finite is null.
Json number(double value) {
  if (!std::isfinite(value)) return nullptr;
  return parse_real(fmt::format("{:.5g}", value)).value_or(value);
}

Json numbers(const std::vector<double>& values, const std::vector<std::size_t>& rows) {
  Json list = Json::array();
  for (const std::size_t row : rows) {
    if (row < values.size()) list.push_back(number(values[row]));
  }
  return list;
}

class CurvesWriter {
 public:
  CurvesWriter(const ReportExperiment& experiment, const CurveRoom& room, const std::string& id)
      : experiment_(experiment),
        runs_(stored_runs(experiment.runs)),
        names_(html_run_names(experiment)),
        id_(id) {
    std::vector<std::size_t> lengths;
    for (const StoredRun& run : runs_) {
      lengths.push_back(run.curves.values.empty() ? 0 : run.curves.values.front().size());
    }
    for (const std::size_t length : lengths) rows_ = std::max(rows_, length);
    drawn_ = drawn_rows(lengths, room.drawn);
    still_ = drawn_rows(lengths, room.still);
  }

  std::string write() {
    if (rows_ == 0) return "<p class=\"note\">No run has measured anything yet.</p>\n";
    Json json;
    json["epochs"] = drawn_;
    json["runs"] = Json::array();
    for (std::size_t r = 0; r < runs_.size(); ++r) {
      json["runs"].push_back({{"name", names_[r]}, {"diverged", runs_[r].status == "diverged"}});
    }
    json["measures"] = Json::array();
    std::string text = "<div class=\"charts\">\n";
    for (const std::string& measure : measures_of(experiment_)) {
      const auto series = series_of(measure);
      text += figure(measure, series);
      json["measures"].push_back(numbers_of(measure, series));
    }
    text += "</div>\n" + note();
    return text + R"(<script type="application/json" class="curves">)" + html_json(json) +
           "</script>\n";
  }

 private:
  std::vector<Series> series_of(const std::string& measure) const {
    std::vector<Series> series;
    for (std::size_t r = 0; r < runs_.size(); ++r) {
      series.push_back(make_series(runs_[r], names_[r], measure));
    }
    return series;
  }

  /// Only finished runs have settings, which say the unit.
  std::string label(const std::string& measure) const {
    std::vector<StoredRun> known;
    for (const StoredRun& run : runs_) {
      if (!run.settings.empty()) known.push_back(run);
    }
    return known.empty() ? measure : axis_label(measure, known);
  }

  std::vector<Point> points(const std::vector<double>& values) const {
    std::vector<Point> places;
    for (const std::size_t row : still_) {
      if (row < values.size()) places.emplace_back(static_cast<double>(row), values[row]);
    }
    return places;
  }

  std::string figure(const std::string& measure, const std::vector<Series>& series) {
    constexpr std::size_t kMostNumbered = 20;
    Diagram diagram;
    diagram.name = fmt::format("{} over epochs, {}", measure, counted(runs_.size(), "run"));
    diagram.id = fmt::format("{}-{}", id_, ++figures_);
    diagram.x_label = "epoch";
    diagram.y_label = label(measure);
    diagram.x = {0, static_cast<double>(std::max<std::size_t>(rows_ - 1, 1))};
    diagram.y = y_range(series, runs_, false);
    diagram.runs = runs_.size();
    diagram.numbered = runs_.size() > 1 && runs_.size() <= kMostNumbered;
    for (std::size_t r = 0; r < series.size(); ++r) {
      diagram.lines.push_back({r, false, points(series[r].train)});
      diagram.lines.push_back({r, true, points(series[r].validation)});
    }
    return fmt::format(
        "<figure class=\"chart\" data-measure=\"{0}\">\n<figcaption>{1}</figcaption>\n"
        "<div class=\"still\">{2}</div>\n</figure>\n",
        html_attribute(measure), html_name(measure), html_diagram(diagram));
  }

  Json numbers_of(const std::string& measure, const std::vector<Series>& series) const {
    Json json = {{"name", measure}, {"label", label(measure)}};
    json["train"] = Json::array();
    json["validation"] = Json::array();
    for (const Series& one : series) {
      json["train"].push_back(numbers(one.train, drawn_));
      json["validation"].push_back(numbers(one.validation, drawn_));
    }
    return json;
  }

  std::string note() const {
    std::string text = "Training solid, validation dashed.";
    const std::string left_out = thinning_note(drawn_, rows_);
    if (!left_out.empty()) text += " " + left_out;
    return "<p class=\"note\">" + text + "</p>\n";
  }

  const ReportExperiment& experiment_;
  std::vector<StoredRun> runs_;
  std::vector<std::string> names_;
  const std::string& id_;
  std::size_t rows_ = 0;
  std::vector<std::size_t> drawn_;
  std::vector<std::size_t> still_;
  std::size_t figures_ = 0;
};

}  // namespace

CurveRoom curve_room(std::size_t curves) {
  constexpr std::size_t kMostNumbers = 600'000;  // 7 bytes each
  constexpr std::size_t kMostPoints = 80'000;    // 12 bytes each
  const std::size_t each = std::max<std::size_t>(curves, 1);
  return {std::clamp<std::size_t>(kMostNumbers / each, 12, 2000),
          std::clamp<std::size_t>(kMostPoints / each, 12, 300)};
}

std::size_t count_curves(const ReportExperiment& experiment) {
  return 2 * experiment.runs.size() * measures_of(experiment).size();
}

std::string html_curves(const ReportExperiment& experiment, const CurveRoom& room,
                        const std::string& id) {
  return CurvesWriter(experiment, room, id).write();
}

}  // namespace nnrun

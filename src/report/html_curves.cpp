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
  return significant(value, 5);
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
  CurvesWriter(const ReportExperiment& experiment, const CurveRoom& room, const std::string& id,
               const std::vector<Curves>* deviations)
      : experiment_(experiment),
        deviations_(deviations),
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
    json["epochs"] = drawn_.rows;
    json["runs"] = Json::array();
    for (std::size_t r = 0; r < runs_.size(); ++r) {
      json["runs"].push_back({{"name", names_[r]}, {"diverged", runs_[r].status == "diverged"}});
    }
    json["measures"] = Json::array();
    std::string text = legend() + "<div class=\"charts\">\n";
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
    for (const std::size_t row : still_.rows) {
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
    diagram.y =
        y_range(deviations_ == nullptr ? series : with_bands(series, measure), runs_, false);
    diagram.runs = runs_.size();
    diagram.numbered = runs_.size() > 1 && runs_.size() <= kMostNumbered;
    for (std::size_t r = 0; r < series.size(); ++r) {
      diagram.lines.push_back({r, false, points(series[r].train)});
      diagram.lines.push_back({r, true, points(series[r].validation)});
    }
    if (deviations_ != nullptr) add_bands(diagram, measure, series);
    return fmt::format(
        "<figure class=\"chart\" data-measure=\"{0}\">\n<figcaption>{1}</figcaption>\n"
        "<div class=\"still\">{2}</div>\n</figure>\n",
        html_attribute(measure), html_name(measure), html_diagram(diagram));
  }

  /// Of each run's values of this measure.
  std::vector<Series> deviations_of(const std::string& measure) const {
    std::vector<Series> series;
    for (std::size_t r = 0; r < runs_.size(); ++r) {
      StoredRun run;
      run.curves = (*deviations_)[r];
      series.push_back(make_series(run, {}, measure));
    }
    return series;
  }

  void add_bands(Diagram& diagram, const std::string& measure,
                 const std::vector<Series>& means) const {
    const auto deviations = deviations_of(measure);
    for (std::size_t r = 0; r < means.size(); ++r) {
      diagram.bands.push_back(band(r, false, means[r].train, deviations[r].train));
      diagram.bands.push_back(band(r, true, means[r].validation, deviations[r].validation));
    }
  }

  DiagramBand band(std::size_t run, bool dashed, const std::vector<double>& means,
                   const std::vector<double>& deviations) const {
    return {run, dashed, points(sums(means, deviations, -1)), points(sums(means, deviations, 1))};
  }

  /// The ends of the bands as further values, which the axis has to reach too.
  std::vector<Series> with_bands(std::vector<Series> series, const std::string& measure) const {
    const auto deviations = deviations_of(measure);
    for (std::size_t r = 0; r < series.size(); ++r) {
      add_ends(series[r].train, deviations[r].train);
      add_ends(series[r].validation, deviations[r].validation);
    }
    return series;
  }

  static void add_ends(std::vector<double>& means, const std::vector<double>& deviations) {
    const auto low = sums(means, deviations, -1);
    const auto high = sums(means, deviations, 1);
    means.insert(means.end(), low.begin(), low.end());
    means.insert(means.end(), high.begin(), high.end());
  }

  static std::vector<double> sums(const std::vector<double>& means,
                                  const std::vector<double>& deviations, double factor) {
    std::vector<double> all;
    for (std::size_t row = 0; row < means.size(); ++row) {
      all.push_back(means[row] + factor * deviations[row]);
    }
    return all;
  }

  Json numbers_of(const std::string& measure, const std::vector<Series>& series) const {
    Json json = {{"name", measure}, {"label", label(measure)}};
    add_numbers(json, "", series);
    if (deviations_ != nullptr) add_numbers(json, "_deviation", deviations_of(measure));
    return json;
  }

  void add_numbers(Json& json, const std::string& suffix, const std::vector<Series>& series) const {
    Json& train = json["train" + suffix] = Json::array();
    for (const Series& one : series) train.push_back(numbers(one.train, drawn_.rows));
    Json& validation = json["validation" + suffix] = Json::array();
    for (const Series& one : series) validation.push_back(numbers(one.validation, drawn_.rows));
  }

  /// Where there are few: else the table above has their colours.
  std::string legend() const {
    constexpr std::size_t kMost = 12;
    if (runs_.size() < 2 || runs_.size() > kMost) return {};
    std::string text = "<ul class=\"legend\">\n";
    for (std::size_t r = 0; r < runs_.size(); ++r) {
      text += fmt::format(R"(<li><span class="swatch {}"></span>{}</li>)",
                          run_colour(r, runs_.size()), html_name(names_[r]));
    }
    return text + "</ul>\n";
  }

  std::string note() const {
    std::string text = "Training solid, validation dashed.";
    const bool diverged = std::any_of(
        runs_.begin(), runs_.end(), [](const StoredRun& run) { return run.status == "diverged"; });
    if (diverged) text += " Of a run that diverged what lies far beyond the others is out of view.";
    if (deviations_ != nullptr) text += " The bands are one standard deviation wide to each side.";
    const std::string left_out = thinning_note(drawn_, rows_);
    if (!left_out.empty()) text += " " + left_out;
    return "<p class=\"note\">" + text + "</p>\n";
  }

  const ReportExperiment& experiment_;
  const std::vector<Curves>* deviations_;
  std::vector<StoredRun> runs_;
  std::vector<std::string> names_;
  const std::string& id_;
  std::size_t rows_ = 0;
  DrawnRows drawn_;
  DrawnRows still_;
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
                        const std::string& id, const std::vector<Curves>* deviations) {
  return CurvesWriter(experiment, room, id, deviations).write();
}

}  // namespace nnrun

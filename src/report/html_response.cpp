#include "report/html_response.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text.h"
#include "core/statistics.h"
#include "experiment/grid_points.h"
#include "report/html_diagram.h"
#include "report/html_runs.h"
#include "report/html_text.h"
#include "report/picture.h"
#include "report/run_label.h"

namespace nnrun {

namespace {

/// A run at its rate.
struct Rated {
  std::size_t run;
  double rate;
  std::string
      others;  ///< its other swept fields but seed and fold: the same for runs that a line joins
};

bool is_rate_or_repeat(std::string_view path) {
  return path == "learning_rate" || is_repeat_field(path);
}

std::vector<Rated> rated_runs(const ReportExperiment& experiment) {
  std::vector<Rated> rated;
  for (std::size_t r = 0; r < experiment.runs.size(); ++r) {
    const StoredRun& stored = experiment.runs[r].stored;
    Rated one{r, 0, fields_but(stored, is_rate_or_repeat)};
    for (const FieldText& field : fields_of(stored)) {
      if (field.path == "learning_rate") one.rate = parse_real(field.value).value_or(0);
    }
    if (one.rate > 0 && experiment.runs[r].finished()) rated.push_back(one);
  }
  std::stable_sort(rated.begin(), rated.end(),
                   [](const Rated& a, const Rated& b) { return a.rate < b.rate; });
  return rated;
}

/// "final_validation_loss", … of all measures; of the training samples where no others are measured.
std::vector<std::string> final_figures(const ReportExperiment& experiment,
                                       const std::string& part = "validation") {
  std::vector<std::string> names;
  for (const ReportRun& run : experiment.runs) {
    for (const std::string& measure : run.stored.curves.measures()) {
      const std::string name = fmt::format("final_{}_{}", part, measure);
      const bool measured = run.stored.curves.figures.contains(name);
      if (measured && std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
    }
  }
  return names.empty() && part == "validation" ? final_figures(experiment, "train") : names;
}

Range padded(const std::set<double>& values, double share) {
  if (values.empty()) return {0, 1};
  const double least = std::max(std::abs(*values.rbegin()), 1.0) * 1e-3;
  const double margin = std::max((*values.rbegin() - *values.begin()) * share, least);
  return {*values.begin() - margin, *values.rbegin() + margin};
}

class Response {
 public:
  Response(const ReportExperiment& experiment, const std::string& id)
      : experiment_(experiment),
        id_(id),
        rated_(rated_runs(experiment)),
        names_(html_run_names(experiment)) {}

  std::string write() {
    std::set<double> rates;
    for (const Rated& one : rated_) rates.insert(std::log(one.rate));
    if (rates.size() < 2) return {};
    const Range ends = padded(rates, 0.06);
    rates_ = {std::exp(ends.low), std::exp(ends.high)};
    std::string text = "<div class=\"charts\">\n";
    const auto figures = final_figures(experiment_);
    if (figures.empty()) return {};
    for (const std::string& name : figures) text += figure(name);
    text += "</div>\n";
    if (bars_) {
      text +=
          "<p class=\"note\">The bars are one standard deviation of the repeats long, up and down from "
          "their mean.</p>\n";
    }
    if (crosses_) text += "<p class=\"note\">A cross at the upper edge: the run diverged.</p>\n";
    return text;
  }

 private:
  bool diverged(const Rated& one) const {
    return experiment_.runs[one.run].stored.status == "diverged";
  }

  double value(const Rated& one, const std::string& name) const {
    const double figure = experiment_.runs[one.run].stored.curves.figure(name);
    return diverged(one) || std::abs(figure) > kLargestDrawn ? std::nan("") : figure;
  }

  std::string figure(const std::string& name) {
    const std::string title = spoken_name(name);
    Diagram diagram;
    diagram.name = title + " over the learning rate";
    diagram.id = fmt::format("{}-r{}", id_, ++figures_);
    diagram.x_label = "learning rate";
    diagram.y_label = title;
    diagram.x = rates_;
    diagram.logarithmic_x = true;
    diagram.runs = experiment_.runs.size();
    std::set<double> values;
    for (const Rated& one : rated_) {
      if (std::isfinite(value(one, name))) values.insert(value(one, name));
    }
    add_lines(diagram, name);
    for (const DiagramLine& line : diagram.lines) {
      for (const auto& [rate, y] : line.points) {
        if (std::isfinite(y)) values.insert(y);
      }
    }
    diagram.y = padded(values, 0.08);
    for (const Rated& one : rated_) {
      const bool shown = diverged(one) || std::isfinite(value(one, name));
      if (shown) diagram.marks.push_back(mark(one, name, diagram.y));
    }
    return fmt::format("<figure class=\"response\">\n<figcaption>{}</figcaption>\n{}</figure>\n",
                       html_name(title), html_diagram(diagram));
  }

  /// Through the means where runs are repeats, with a bar of one standard deviation to each side.
  void add_lines(Diagram& diagram, const std::string& name) {
    std::map<std::string, std::map<double, Statistics>> lines;
    for (const Rated& one : rated_) lines[one.others][one.rate].add(value(one, name));
    for (const auto& [others, values_at] : lines) {
      DiagramLine line;
      for (const auto& [rate, values] : values_at) {
        line.points.emplace_back(rate, values.mean());
        if (values.count() < 2) continue;
        const double low = values.mean() - values.deviation();
        const double high = values.mean() + values.deviation();
        diagram.lines.push_back({{}, false, {{rate, low}, {rate, high}}});
        bars_ = true;
      }
      diagram.lines.push_back(std::move(line));
    }
  }

  DiagramMark mark(const Rated& one, const std::string& name, const Range& y) {
    const double own = value(one, name);
    const bool cross = diverged(one);
    crosses_ = crosses_ || cross;
    return {one.run,
            {one.rate, cross ? y.high : own},
            cross,
            fmt::format("{}: {}", names_[one.run], cross ? "diverged" : shortest(own))};
  }

  const ReportExperiment& experiment_;
  const std::string& id_;
  std::vector<Rated> rated_;
  std::vector<std::string> names_;
  Range rates_;
  std::size_t figures_ = 0;
  bool crosses_ = false;
  bool bars_ = false;
};

}  // namespace

std::string html_response(const ReportExperiment& experiment, const std::string& id) {
  return Response(experiment, id).write();
}

}  // namespace nnrun

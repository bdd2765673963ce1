#include "report/html_repeats.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "report/compare.h"
#include "report/html_diagram.h"
#include "report/html_runs.h"
#include "report/html_text.h"
#include "report/output_table.h"
#include "report/repeats.h"
#include "report/run_label.h"

namespace nnrun {

namespace {

/// The grid points as runs of an experiment.
ReportExperiment means_of(const ReportExperiment& experiment, const std::vector<Repeats>& points) {
  ReportExperiment means;
  means.name = experiment.name;
  means.folder = experiment.folder;
  for (const Repeats& point : points) means.runs.push_back({point.mean, {}});
  return means;
}

/// The standard deviations of a mean's curves.
Curves deviations_of(const Repeats& point) {
  Curves deviations;
  deviations.names = point.mean.curves.names;
  for (const auto& values : point.values) {
    auto& curve = deviations.values.emplace_back();
    for (const Statistics& value : values) curve.push_back(value.deviation());
  }
  return deviations;
}

class RepeatsTable {
 public:
  RepeatsTable(const std::vector<Repeats>& points, const ReportExperiment& means, std::string over)
      : points_(points), names_(html_run_names(means)), over_(std::move(over)) {
    for (const OutputColumn& column : compare(stored_runs(means.runs), false).columns) {
      if (column.digits) figures_.push_back(column);
    }
  }

  std::string write() {
    text_ = fmt::format(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"means over {0}\">\n"
        "<table class=\"means\">\n<thead>\n<tr><th scope=\"col\" class=\"key\">"
        "<span class=\"hidden\">number and colour</span></th><th scope=\"col\">runs</th>"
        "<th scope=\"col\" class=\"number\">{0}</th>",
        over_);
    for (const OutputColumn& figure : figures_) {
      text_ += fmt::format(R"(<th scope="col" class="number">{}</th>)",
                           html_name(spoken_name(figure.whole_name())));
    }
    text_ += "</tr>\n</thead>\n<tbody>\n";
    for (std::size_t r = 0; r < names_.size(); ++r) add_row(r);
    return text_ +
           "</tbody>\n</table>\n</div>\n<p class=\"note\">Mean ± standard deviation of a sample "
           "(n − 1) over the " +
           over_ + ".</p>\n";
  }

 private:
  void add_row(std::size_t group) {
    text_ += fmt::format(
        R"(<tr data-run="{0}"><td class="key"><span class="swatch {1}"></span>{2}</td><td class="name">{3}</td><td class="number">{4}</td>)",
        group, run_colour(group, names_.size()), group + 1, html_name(names_[group]),
        counts(points_[group]));
    for (const OutputColumn& figure : figures_) {
      text_ += "<td class=\"number\">" + cell(group, figure) + "</td>";
    }
    text_ += "</tr>\n";
  }

  static std::string counts(const Repeats& point) {
    std::string text = fmt::format("{}", point.averaged.size());
    if (point.diverged > 0) text += fmt::format(", {} diverged", point.diverged);
    if (point.missing > 0) text += fmt::format(", {} not finished", point.missing);
    return text;
  }

  std::string cell(std::size_t group, const OutputColumn& figure) const {
    const auto found = points_[group].figures.find(figure.whole_name());
    if (found == points_[group].figures.end() || found->second.count() == 0) return {};
    const Statistics& value = found->second;
    const auto deviation = value.count() > 1 ? std::optional(value.deviation()) : std::nullopt;
    return mean_and_deviation_text(value.mean(), deviation, *figure.digits);
  }

  const std::vector<Repeats>& points_;
  std::vector<std::string> names_;
  std::string over_;
  std::vector<OutputColumn> figures_;
  std::string text_;
};

}  // namespace

std::string html_repeats(const ReportExperiment& experiment, const CurveRoom& room,
                         const std::string& id) {
  const auto runs = stored_runs(experiment.runs);
  if (!have_repeats(runs)) return {};
  const auto points = repeats_of(runs);
  const ReportExperiment means = means_of(experiment, points);
  std::vector<Curves> deviations;
  for (const Repeats& point : points) deviations.push_back(deviations_of(point));
  return RepeatsTable(points, means, repeated_over(runs)).write() +
         html_curves(means, room, id + "m", &deviations);
}

}  // namespace nnrun

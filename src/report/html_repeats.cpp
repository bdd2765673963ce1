#include "report/html_repeats.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/compare.h"
#include "report/html_diagram.h"
#include "report/html_runs.h"
#include "report/html_text.h"
#include "report/output_table.h"
#include "report/repeats.h"
#include "report/run_label.h"

namespace nnrun {

namespace {

class RepeatsTable {
 public:
  explicit RepeatsTable(const Repeats& repeats)
      : repeats_(repeats), names_(html_run_names(repeats.means)) {
    for (const OutputColumn& column : compare(stored_runs(repeats.means.runs), false).columns) {
      if (column.digits) figures_.push_back(column);
    }
  }

  std::string write() {
    text_ =
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"means over seeds\">\n"
        "<table class=\"means\">\n<thead>\n<tr><th scope=\"col\" class=\"key\">"
        "<span class=\"hidden\">number and colour</span></th><th scope=\"col\">runs</th>"
        "<th scope=\"col\" class=\"number\">seeds</th>";
    for (const OutputColumn& figure : figures_) {
      text_ += fmt::format(R"(<th scope="col" class="number">{}</th>)",
                           html_name(spoken_name(figure.whole_name())));
    }
    text_ += "</tr>\n</thead>\n<tbody>\n";
    for (std::size_t r = 0; r < names_.size(); ++r) add_row(r);
    return text_ +
           "</tbody>\n</table>\n</div>\n<p class=\"note\">Mean ± standard deviation of a sample "
           "(n − 1) over the seeds.</p>\n";
  }

 private:
  void add_row(std::size_t group) {
    text_ += fmt::format(
        R"(<tr data-run="{0}"><td class="key"><span class="swatch {1}"></span>{2}</td><td class="name">{3}</td><td class="number">{4}</td>)",
        group, run_colour(group, names_.size()), group + 1, html_name(names_[group]), seeds(group));
    for (const OutputColumn& figure : figures_) {
      text_ += "<td class=\"number\">" + cell(group, figure) + "</td>";
    }
    text_ += "</tr>\n";
  }

  std::string seeds(std::size_t group) const {
    std::string text = fmt::format("{}", repeats_.averaged[group]);
    const std::size_t diverged = repeats_.diverged[group];
    const std::size_t missing = repeats_.missing[group];
    if (diverged > 0) text += fmt::format(", {} diverged", diverged);
    if (missing > 0) text += fmt::format(", {} not finished", missing);
    return text;
  }

  std::string cell(std::size_t group, const OutputColumn& figure) const {
    const auto& means = repeats_.means.runs[group].stored.curves.figures;
    const auto& deviations = repeats_.deviations[group].figures;
    const auto mean = means.find(figure.whole_name());
    if (mean == means.end() || std::isnan(mean->second)) return {};
    const double deviation = deviations.at(figure.whole_name());
    std::string shown = rounded_figure(mean->second, *figure.digits);
    if (std::isnan(deviation)) return shown;
    return shown + " ± " + rounded_figure(deviation, *figure.digits);
  }

  const Repeats& repeats_;
  std::vector<std::string> names_;
  std::vector<OutputColumn> figures_;
  std::string text_;
};

}  // namespace

std::string html_repeats(const ReportExperiment& experiment, const CurveRoom& room,
                         const std::string& id) {
  const auto repeats = repeats_of(experiment);
  if (!repeats) return {};
  return RepeatsTable(*repeats).write() +
         html_curves(repeats->means, room, id + "m", &repeats->deviations);
}

}  // namespace nnrun

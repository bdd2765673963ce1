#include "report/chosen_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "core/metric.h"
#include "experiment/run_status.h"
#include "report/html_runs.h"
#include "report/html_text.h"

namespace nnrun {

namespace {

std::size_t finished(const ReportExperiment& experiment) {
  return static_cast<std::size_t>(
      std::count_if(experiment.runs.begin(), experiment.runs.end(),
                    [](const ReportRun& run) { return run.finished(); }));
}

}  // namespace

std::optional<BestRun> best_run(const ReportExperiment& experiment) {
  std::string measure = "loss";
  for (const ReportRun& run : experiment.runs) {
    const auto measures = run.stored.curves.measures();
    if (measures.size() > 1) measure = measures[1];
  }
  const bool high = more_is_better(measure);
  for (const std::string part : {"validation", "train"}) {
    BestRun best{0, fmt::format("{} final {} {}", high ? "highest" : "lowest", part, measure)};
    double value = std::nan("");
    std::size_t count = 0;
    for (std::size_t r = 0; r < experiment.runs.size(); ++r) {
      const StoredRun& run = experiment.runs[r].stored;
      const double own = run.curves.figure(fmt::format("final_{}_{}", part, measure));
      if (!ended_well(run.status) || !std::isfinite(own)) continue;
      ++count;
      const bool better = std::isnan(value) || (high ? own > value : own < value);
      if (better) best.run = r;
      if (better) value = own;
    }
    if (count > 1) return best;
  }
  return std::nullopt;
}

std::vector<ChosenRun> chosen_runs(const ReportExperiment& experiment, std::size_t most) {
  std::vector<ChosenRun> chosen;
  const auto names = html_run_names(experiment);
  const auto best = best_run(experiment);
  for (std::size_t r = 0; r < experiment.runs.size(); ++r) {
    if (experiment.runs[r].finished()) chosen.push_back({r, names[r]});
  }
  std::stable_partition(chosen.begin(), chosen.end(),
                        [&](const ChosenRun& run) { return best && best->run == run.run; });
  if (chosen.size() > most) chosen.resize(most);
  return chosen;
}

std::string html_chosen(const std::vector<ChosenRun>& chosen, const ReportExperiment& experiment,
                        std::size_t most) {
  std::vector<std::string> shown;
  for (const ChosenRun& run : chosen) {
    if (run.content.empty()) continue;
    shown.push_back(fmt::format("<div>\n<p class=\"what\">{}</p>\n{}</div>\n", html_name(run.name),
                                run.content));
  }
  if (shown.empty()) return {};
  std::string text = "<div class=\"gallery\">\n" + shown.front() + "</div>\n";
  if (shown.size() > 1) {
    text += fmt::format("<details>\n<summary>{}</summary>\n<div class=\"gallery\">\n",
                        counted(shown.size() - 1, "other run"));
    for (std::size_t i = 1; i < shown.size(); ++i) text += shown[i];
    text += "</div>\n</details>\n";
  }
  const std::size_t count = finished(experiment);
  if (count <= most) return text;
  return text +
         fmt::format("<p class=\"note\">{} of {} finished runs are shown here.</p>\n", most, count);
}

}  // namespace nnrun

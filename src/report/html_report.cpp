#include "report/html_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.h"
#include "report/html_claims.h"
#include "report/html_confusion.h"
#include "report/html_curves.h"
#include "report/html_mistakes.h"
#include "report/html_provenance.h"
#include "report/html_repeats.h"
#include "report/html_response.h"
#include "report/html_runs.h"
#include "report/html_text.h"
#include "report/html_weights.h"
#include "report/page_assets.h"

namespace nnrun {

namespace {

/// "3 completed, 1 diverged".
std::string status_counts(const std::vector<ReportRun>& runs) {
  std::vector<std::pair<std::string, std::size_t>> counts;
  for (const ReportRun& run : runs) {
    const auto found = std::find_if(counts.begin(), counts.end(), [&](const auto& each) {
      return each.first == run.stored.status;
    });
    found == counts.end() ? void(counts.emplace_back(run.stored.status, 1)) : void(++found->second);
  }
  std::vector<std::string> parts;
  for (const auto& [status, count] : counts) parts.push_back(fmt::format("{} {}", count, status));
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// A heading with what stands below it, or nothing where that is empty.
std::string part(int level, const char* name, const std::string& title,
                 const std::string& content) {
  if (content.empty()) return {};
  return fmt::format("<section class=\"{}\">\n{}{}</section>\n", name, html_heading(level, title),
                     content);
}

class ReportWriter {
 public:
  ReportWriter(const ReportSource& source, const PageOptions& options)
      : source_(source), options_(options), mistakes_(options.threads) {
    std::size_t curves = 0;
    for (const ReportExperiment& experiment : source.experiments) {
      curves += count_curves(experiment);
    }
    room_ = curve_room(curves);
  }

  std::string write() {
    std::string text = head();
    text += "<body>\n<header class=\"page\">\n" + html_heading(1, title());
    if (single()) text += facts(source_.experiments.front());
    if (options_.refresh > 0) {
      text +=
          "<p class=\"live\" role=\"status\">In training: this page shows how far it is and loads "
          "itself anew every few seconds.</p>\n";
    }
    text += "</header>\n<main>\n" + contents();
    for (const auto& folder : source_.outcomes) {
      text += part(2, "claims", "Claims of " + folder.filename().string(), html_claims(folder));
    }
    for (std::size_t e = 0; e < source_.experiments.size(); ++e) text += experiment(e);
    text += "</main>\n";
    for (const std::string& script : page_scripts()) text += "<script>" + script + "</script>\n";
    return text + "</body>\n</html>\n";
  }

 private:
  bool single() const { return source_.experiments.size() == 1; }

  std::string title() const { return single() ? source_.experiments.front().name : source_.title; }

  std::string head() const {
    std::string text = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "script-src {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<link rel=\"icon\" href=\"data:,\">\n",
        source_hashes(page_scripts()), source_hashes(page_styles()));
    if (options_.refresh > 0) {
      text += fmt::format("<meta http-equiv=\"refresh\" content=\"{}\">\n", options_.refresh);
    }
    text += "<title>" + html_attribute(title()) + " · nnrun</title>\n";
    for (const std::string& style : page_styles()) text += "<style>" + style + "</style>\n";
    return text + "</head>\n";
  }

  /// What there is in a page of several experiments.
  std::string contents() const {
    if (single()) return {};
    std::string text = "<nav aria-label=\"experiments\">\n<ul>\n";
    for (std::size_t e = 0; e < source_.experiments.size(); ++e) {
      const ReportExperiment& one = source_.experiments[e];
      text += fmt::format("<li><a href=\"#e{}\">{}</a> <span>{}</span></li>\n", e,
                          html_name(one.name), html_text(status_counts(one.runs)));
    }
    return text + "</ul>\n</nav>\n";
  }

  static std::string facts(const ReportExperiment& experiment) {
    std::string text;
    if (!experiment.description.empty()) {
      text += "<p class=\"description\">" + html_name(experiment.description) + "</p>\n";
    }
    std::vector<std::string> parts = {
        html_text(counted(experiment.runs.size(), "run") + ": " + status_counts(experiment.runs))};
    const std::string times = times_text(experiment);
    if (!times.empty()) parts.push_back(html_text("trained " + times));
    if (!experiment.yaml.empty()) {
      parts.push_back("from <code>" + html_name((experiment.folder / "experiment.yaml").string()) +
                      "</code>");
    }
    return text + fmt::format("<p class=\"meta\">{}</p>\n", fmt::join(parts, " · "));
  }

  std::string experiment(std::size_t number) {
    const ReportExperiment& one = source_.experiments[number];
    const std::string id = fmt::format("e{}", number);
    const int level = single() ? 2 : 3;
    std::string text = fmt::format("<article class=\"experiment\" id=\"{}\">\n", id);
    if (!single()) text += "<header>\n" + html_heading(2, one.name) + facts(one) + "</header>\n";
    text += part(level, "runs", "Runs", html_runs(one));
    text += part(level, "repeats", "Means of repeats", html_repeats(one, room_, id));
    text += part(level, "curves", "Curves", html_curves(one, room_, id));
    text += part(level, "response", "Response to the learning rate", html_response(one, id));
    text += part(level, "confusion", "Confusion", html_confusion(one));
    if (options_.mistakes) {
      text += part(level, "mistaken", "Surest mistakes", mistakes_.write(one));
    }
    text += part(level, "weights", "Weights of the first layer", html_weights(one));
    text += part(level, "provenance", "Provenance", configuration(one) + html_provenance(one));
    return text + "</article>\n";
  }

  static std::string configuration(const ReportExperiment& experiment) {
    if (experiment.yaml.empty()) return {};
    return "<details class=\"yaml\">\n<summary>experiment.yaml, every default filled in</summary>\n"
           "<pre tabindex=\"0\">" +
           html_text(experiment.yaml) + "</pre>\n</details>\n";
  }

  const ReportSource& source_;
  const PageOptions& options_;
  CurveRoom room_;
  MistakesWriter mistakes_;
};

}  // namespace

std::string html_report(const ReportSource& source, const PageOptions& options) {
  return ReportWriter(source, options).write();
}

}  // namespace nnrun

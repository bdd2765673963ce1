#include "report/html_provenance.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "report/html_text.h"

namespace nnrun {

using Json = nlohmann::ordered_json;

namespace {

std::string plain(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// The values of all runs at this place of run.json, each once.
std::vector<std::string> values_at(const ReportExperiment& experiment, const std::string& pointer) {
  const Json::json_pointer place(pointer);
  std::vector<std::string> values;
  for (const ReportRun& run : experiment.runs) {
    if (!run.facts.is_object() || !run.facts.contains(place)) continue;
    const std::string value = plain(run.facts[place]);
    if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
  }
  return values;
}

std::string row(const std::string& name, const std::vector<std::string>& values) {
  if (values.empty()) return {};
  std::string cells;
  for (const std::string& value : values) cells += "<li>" + html_name(value) + "</li>";
  return fmt::format("<tr><th scope=\"row\">{}</th><td><ul>{}</ul></td></tr>\n", name, cells);
}

/// The elements of the lists of all runs, each once.
std::vector<std::string> elements_at(const ReportExperiment& experiment, const std::string& key,
                                     auto text) {
  std::vector<std::string> values;
  for (const ReportRun& run : experiment.runs) {
    if (!run.facts.is_object()) continue;
    for (const Json& element : run.facts[key]) {
      const std::string value = text(element);
      if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
    }
  }
  return values;
}

/// "2026-11-26T04:11:03Z" as "2026-11-26 04:11".
std::string minute(std::string time) {
  constexpr std::size_t kMinutes = 16;
  if (time.size() < kMinutes) return time;
  time.resize(kMinutes);
  std::replace(time.begin(), time.end(), 'T', ' ');
  return time;
}

}  // namespace

std::string html_provenance(const ReportExperiment& experiment) {
  std::string rows;
  for (const auto& [name, pointer] :
       std::vector<std::pair<std::string, std::string>>{{"nnrun", "/program/version"},
                                                        {"commit", "/program/commit"},
                                                        {"compiler", "/program/compiler"},
                                                        {"BLAS", "/program/blas"},
                                                        {"BLAS kernel", "/program/blas_kernel"},
                                                        {"kernel", "/program/kernel"},
                                                        {"host", "/machine/host"},
                                                        {"threads", "/machine/threads"},
                                                        {"parameters", "/parameters"},
                                                        {"seed", "/seed"}}) {
    rows += row(name, values_at(experiment, pointer));
  }
  if (rows.empty()) return {};
  const std::string times = times_text(experiment);
  if (!times.empty()) rows += row("trained", {times});
  rows += row("data (SHA-256)", elements_at(experiment, "data", [](const Json& file) {
                return file["path"].get<std::string>() + "  " + file["sha256"].get<std::string>();
              }));
  rows += row("warnings", elements_at(experiment, "warnings", plain));
  return "<div class=\"scroll\"><table class=\"facts\"><tbody>\n" + rows +
         "</tbody></table></div>\n";
}

std::string times_text(const ReportExperiment& experiment) {
  const auto started = values_at(experiment, "/started");
  const auto finished = values_at(experiment, "/finished");
  if (started.empty() || finished.empty()) return {};
  const std::string from = minute(*std::min_element(started.begin(), started.end()));
  std::string to = minute(*std::max_element(finished.begin(), finished.end()));
  if (from == to) return from + " UTC";
  const std::string day = from.substr(0, from.find(' ') + 1);
  if (to.starts_with(day)) to.erase(0, day.size());
  return from + " to " + to + " UTC";
}

}  // namespace nnrun

#include "report/run_groups.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "config/path.h"
#include "core/statistics.h"
#include "experiment/csv.h"
#include "experiment/grid_points.h"
#include "report/compare.h"
#include "report/run_label.h"

namespace nnrun {

namespace {

using Cells = std::vector<std::string>;

/// Runs with the same values of the settings that group them.
struct RunGroup {
  Cells values;
  std::vector<const StoredRun*> runs;
};

/// What stands below a path, on one line: "adam.beta1=0.9, adam.beta2=0.999".
std::string settings_below(const StoredRun& run, const std::string& path) {
  Cells parts;
  for (const auto& [name, value] : run.settings) {
    const bool below = name.starts_with(path + ".") || name.starts_with(path + "[");
    if (below) parts.push_back(name.substr(path.size() + 1) + "=" + value);
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// A value as the run's configuration tells it, else as its name does.
std::string value_of(const StoredRun& run, const std::string& path) {
  std::string whole = setting(run, path);
  if (!whole.empty()) return whole;
  for (const FieldText& field : fields_of(run)) {
    if (Path::parse(field.path).text() == path) return field.value;
  }
  return settings_below(run, path);
}

Error unknown_setting(const std::vector<StoredRun>& runs, const std::string& path) {
  return Error(fmt::format("no setting '{}' in these runs{}", printable(path),
                           suggestion_and_all(path, differing_settings(runs), "they differ in")));
}

std::vector<RunGroup> groups_by(const std::vector<StoredRun>& runs, const Cells& paths) {
  std::vector<Cells> values;
  Cells texts;
  for (const StoredRun& run : runs) {
    Cells& own = values.emplace_back();
    for (const std::string& path : paths) own.push_back(value_of(run, path));
    texts.push_back(csv_line(own));
  }
  std::vector<RunGroup> groups;
  for (const auto& places : grouped(texts)) {
    RunGroup& group = groups.emplace_back(RunGroup{values[places.front()], {}});
    for (const std::size_t place : places) group.runs.push_back(&runs[place]);
  }
  for (std::size_t p = 0; p < paths.size(); ++p) {
    const auto lacks = [&](const RunGroup& group) { return group.values[p].empty(); };
    if (std::all_of(groups.begin(), groups.end(), lacks)) throw unknown_setting(runs, paths[p]);
  }
  return groups;
}

/// The values of a figure that are averaged.
std::vector<double> averaged_values(const RunGroup& group, const std::string& name) {
  std::vector<double> values;
  for (const StoredRun* run : group.runs) {
    const auto found = run->curves.figures.find(name);
    const bool has = found != run->curves.figures.end() && std::isfinite(found->second);
    if (has && run->status != "diverged") values.push_back(found->second);
  }
  return values;
}

std::string mean_text(const std::vector<double>& values) {
  return number_cell(statistics_of(values).mean());
}

std::string deviation_text(const std::vector<double>& values) {
  return number_cell(statistics_of(values).deviation());
}

std::string best_text(const std::vector<double>& values, Better better) {
  if (values.empty()) return {};
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  return shortest(better == Better::kHigher ? *most : *least);
}

/// A figure as a mean, its deviation and its best: a column each, under the figure's name.
class FigureColumns {
 public:
  FigureColumns(OutputTable& table, const std::vector<RunGroup>& groups, const OutputColumn& figure)
      : table_(table), figure_(figure) {
    for (const RunGroup& group : groups)
      values_.push_back(averaged_values(group, figure.whole_name()));
    Cells means;
    for (const auto& values : values_) means.push_back(mean_text(values));
    figure_.detail = figure.detail || says_nothing(figure, means);
  }

  void add() {
    const Better better = figure_.better;
    add("mean", better, mean_text);
    add("stddev", Better::kNeither, deviation_text);
    if (better == Better::kNeither) return;
    add("best", better, [&](const auto& values) { return best_text(values, better); });
  }

 private:
  void add(const char* name, Better better, auto cell) {
    constexpr int kEpochDigits = 1;
    table_.columns.push_back({.name = name,
                              .group = figure_.whole_name(),
                              .numbers = true,
                              .digits = figure_.digits.value_or(kEpochDigits),
                              .better = better,
                              .detail = figure_.detail});
    for (std::size_t g = 0; g < values_.size(); ++g) table_.rows[g].push_back(cell(values_[g]));
  }

  OutputTable& table_;
  OutputColumn figure_;
  std::vector<std::vector<double>> values_;  ///< [groups][runs]
};

void add_counts(OutputTable& table, const std::vector<RunGroup>& groups) {
  bool none = true;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto& runs = groups[g].runs;
    const auto diverged = std::count_if(
        runs.begin(), runs.end(), [](const StoredRun* run) { return run->status == "diverged"; });
    table.rows[g].push_back(std::to_string(runs.size()));
    table.rows[g].push_back(std::to_string(diverged));
    none = none && diverged == 0;
  }
  table.columns.push_back({.name = "runs", .numbers = true});
  table.columns.push_back({.name = "diverged", .numbers = true, .detail = none});
}

}  // namespace

OutputTable compare_groups(const std::vector<StoredRun>& runs,
                           const std::vector<std::string>& settings) {
  OutputTable table;
  Cells paths;
  for (const std::string& name : settings) paths.push_back(Path::parse(name).text());
  const auto groups = groups_by(runs, paths);
  for (const std::string& path : paths) {
    table.columns.push_back({.name = path, .numbers = true, .key = true});
  }
  for (const RunGroup& group : groups) table.rows.push_back(group.values);
  add_counts(table, groups);
  for (const OutputColumn& figure : compared_figures(runs)) {
    FigureColumns(table, groups, figure).add();
  }
  return table;
}

}  // namespace nnrun

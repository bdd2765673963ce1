#include "report/compare.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "config/path.h"
#include "core/metric.h"

namespace nnrun {

namespace {

using Names = std::vector<std::string>;

void add_missing(Names& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

bool all_different(const Names& names) {
  return std::set<std::string>(names.begin(), names.end()).size() == names.size();
}

Names names_by(const std::vector<StoredRun>& runs, auto name) {
  Names names;
  for (const StoredRun& run : runs) names.push_back(name(run));
  return names;
}

/// As short as it can be: the run's name in one results folder, else with its experiment, else,
/// where two results trees have the same experiment, the folder as it was given.
Names run_names(const std::vector<StoredRun>& runs) {
  const auto parents =
      names_by(runs, [](const StoredRun& run) { return run.folder.parent_path().string(); });
  if (std::set<std::string>(parents.begin(), parents.end()).size() == 1) {
    return names_by(runs, [](const StoredRun& run) { return run.name; });
  }
  auto names = names_by(runs, [](const StoredRun& run) { return run.experiment + "/" + run.name; });
  if (all_different(names)) return names;
  return names_by(runs, [](const StoredRun& run) { return run.folder.string(); });
}

/// Whether every run was swept over this setting, or over what it is a part of: then the runs' names
/// tell it.
bool is_told_by_names(const std::vector<StoredRun>& runs, const std::string& setting) {
  return std::all_of(runs.begin(), runs.end(), [&](const StoredRun& run) {
    return std::any_of(run.fields.begin(), run.fields.end(), [&](const std::string& field) {
      const std::string path = Path::parse(field).text();
      if (!setting.starts_with(path)) return false;
      return setting.size() == path.size() || setting[path.size()] == '.' ||
             setting[path.size()] == '[';
    });
  });
}

/// "loss" and the metrics' names, of all runs.
Names measures(const std::vector<StoredRun>& runs) {
  Names names;
  for (const StoredRun& run : runs) {
    for (const std::string& name : run.curves.measures()) add_missing(names, name);
  }
  return names;
}

/// Something that runs are judged by.
struct Measure {
  std::string name;
  Better better = Better::kNeither;
};

/// Values of different losses have no best one.
std::vector<Measure> judged_by(const std::vector<StoredRun>& runs) {
  const auto differing = differing_settings(runs);
  const bool one_loss = std::none_of(
      differing.begin(), differing.end(),
      [](const std::string& path) { return path == "loss" || path.starts_with("loss."); });
  std::vector<Measure> all;
  for (const std::string& name : measures(runs)) {
    const Better better = more_is_better(name) ? Better::kHigher : Better::kLower;
    all.push_back({name, name != "loss" || one_loss ? better : Better::kNeither});
  }
  return all;
}

/// The columns of one part of the data: final_validation_loss, final_validation_accuracy, ….
void add_part(std::vector<OutputColumn>& columns, const std::string& part,
              const std::vector<Measure>& measures, bool detail = false) {
  for (const Measure& measure : measures) {
    columns.push_back({measure.name, part, true, kFigureDigits, measure.better, detail});
    if (part != "best_validation") continue;
    columns.push_back(
        {.name = measure.name + "_epoch", .group = part, .numbers = true, .detail = true});
  }
}

Names figure_cells(const std::vector<StoredRun>& runs, const std::string& name) {
  return names_by(runs, [&](const StoredRun& run) {
    const auto found = run.curves.figures.find(name);
    return found == run.curves.figures.end() ? std::string() : shortest(found->second);
  });
}

}  // namespace

std::string setting(const StoredRun& run, const std::string& path) {
  for (const auto& [name, value] : run.settings) {
    if (name == path) return value;
  }
  return {};
}

std::vector<std::string> differing_settings(const std::vector<StoredRun>& runs) {
  Names paths;
  for (const StoredRun& run : runs) {
    for (const auto& [path, value] : run.settings) add_missing(paths, path);
  }
  std::erase_if(paths, [&](const std::string& path) {
    const auto same = [&](const StoredRun& run) {
      return setting(run, path) == setting(runs.front(), path);
    };
    return path == "name" || path == "description" || std::all_of(runs.begin(), runs.end(), same);
  });
  return paths;
}

std::vector<OutputColumn> compared_figures(const std::vector<StoredRun>& runs) {
  const auto measures = judged_by(runs);
  std::vector<OutputColumn> columns = {{"epoch", "final", true}};
  add_part(columns, "final_train", measures, true);
  add_part(columns, "final_validation", measures);
  add_part(columns, "best_validation", measures);
  add_part(columns, "test", measures);
  columns.push_back({"epoch", "convergence", true});
  return columns;
}

bool says_nothing(const OutputColumn& column, const Names& cells) {
  const auto same = [&](const std::string& cell) { return cell == cells.front(); };
  return std::all_of(cells.begin(), cells.end(), same) &&
         (cells.front().empty() || column.whole_name() == "final_epoch");
}

OutputTable named_rows(const std::vector<StoredRun>& runs) {
  OutputTable table;
  table.rows.resize(runs.size());
  add_column(table, {.name = "run"}, run_names(runs));
  for (const std::string& path : differing_settings(runs)) {
    add_column(
        table,
        {.name = path, .numbers = true, .detail = is_told_by_names(runs, path), .turns = true},
        names_by(runs, [&](const StoredRun& run) { return setting(run, path); }));
  }
  return table;
}

OutputTable whole_comparison(const std::vector<StoredRun>& runs) {
  OutputTable table = named_rows(runs);
  add_column(table, {.name = "status"},
             names_by(runs, [](const StoredRun& run) { return run.status; }));
  for (OutputColumn& column : compared_figures(runs)) {
    const auto cells = figure_cells(runs, column.whole_name());
    column.detail = column.detail || says_nothing(column, cells);
    add_column(table, std::move(column), cells);
  }
  add_column(table, {.name = "message", .detail = true},
             names_by(runs, [](const StoredRun& run) { return run.message; }));
  add_column(table, {.name = "path", .detail = true},
             names_by(runs, [](const StoredRun& run) { return run.folder.string(); }));
  return table;
}

OutputTable compare(const std::vector<StoredRun>& runs, bool all) {
  OutputTable whole = whole_comparison(runs);
  return all ? whole : without_details(whole);
}

}  // namespace nnrun

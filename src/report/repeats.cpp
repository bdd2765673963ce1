#include "report/repeats.h"

#include <algorithm>

#include "experiment/grid_points.h"
#include "experiment/run_status.h"
#include "report/output_table.h"
#include "report/run_label.h"

namespace nnrun {

namespace {

/// Its results folder and the fields that make it a grid point.
std::string point_of(const StoredRun& run) {
  return (run.folder.parent_path() / fields_but(run, is_repeat_field)).string();
}

Groups points_of(const std::vector<StoredRun>& runs) {
  std::vector<std::string> points;
  for (const StoredRun& run : runs) points.push_back(point_of(run));
  return grouped(points);
}

/// Adds up what the averaged runs have.
class Averages {
 public:
  explicit Averages(Repeats& repeats) : repeats_(repeats) {
    for (const StoredRun* run : repeats.averaged) {
      for (const std::string& name : run->curves.names) {
        if (means().find(name) == nullptr) add_curve(name);
      }
      for (const auto& [name, value] : run->curves.figures) repeats.figures[name].add(value);
    }
    for (const auto& [name, figure] : repeats.figures) means().figures[name] = figure.mean();
  }

 private:
  Curves& means() { return repeats_.mean.curves; }

  void add_curve(const std::string& name) {
    auto& values = repeats_.values.emplace_back();
    for (const StoredRun* run : repeats_.averaged) {
      const auto* curve = run->curves.find(name);
      if (curve == nullptr) continue;
      if (curve->size() > values.size()) values.resize(curve->size());
      for (std::size_t row = 0; row < curve->size(); ++row) values[row].add((*curve)[row]);
    }
    means().names.push_back(name);
    auto& line = means().values.emplace_back();
    for (const Statistics& value : values) line.push_back(value.mean());
  }

  Repeats& repeats_;
};

/// The first of the runs under the name of all.
StoredRun without_repeat_fields(const StoredRun& first, const std::vector<StoredRun>& runs) {
  StoredRun run = first;
  run.name = fields_but(first, is_repeat_field);
  if (run.name.empty()) run.name = "all " + repeated_over(runs);
  run.folder = first.folder.parent_path() / run.name;
  run.message.clear();
  std::erase_if(run.fields, is_repeat_field);
  std::erase_if(run.settings, [](const auto& setting) { return is_repeat_field(setting.first); });
  run.curves = {};
  return run;
}

}  // namespace

std::vector<Repeats> repeats_of(const std::vector<StoredRun>& runs) {
  std::vector<Repeats> all;
  for (const auto& point : points_of(runs)) {
    Repeats& repeats = all.emplace_back();
    for (const std::size_t r : point) {
      repeats.runs.push_back(&runs[r]);
      if (ended_well(runs[r].status)) {
        repeats.averaged.push_back(&runs[r]);
      } else {
        ++(runs[r].status == "diverged" ? repeats.diverged : repeats.missing);
      }
    }
    const StoredRun& first =
        repeats.averaged.empty() ? runs[point.front()] : *repeats.averaged.front();
    repeats.mean = point.size() > 1 ? without_repeat_fields(first, runs) : first;
    repeats.mean.curves = {};
    const Averages averages(repeats);
  }
  return all;
}

bool have_repeats(const std::vector<StoredRun>& runs) {
  return points_of(runs).size() < runs.size();
}

std::string repeated_over(const std::vector<StoredRun>& runs) {
  const auto told = [&](std::string_view path) {
    return std::any_of(runs.begin(), runs.end(), [&](const StoredRun& run) {
      const auto fields = fields_of(run);
      return std::any_of(fields.begin(), fields.end(),
                         [&](const FieldText& field) { return field.path == path; });
    });
  };
  if (!told("dataset.split.fold")) return "seeds";
  return told("seed") ? "seeds and folds" : "folds";
}

std::string mean_and_deviation_text(double mean, std::optional<double> deviation, int digits) {
  std::string text = rounded_figure(mean, digits);
  if (deviation) text += " ± " + rounded_figure(*deviation, digits);
  return text;
}

}  // namespace nnrun

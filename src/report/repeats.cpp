#include "report/repeats.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "experiment/run_status.h"
#include "report/run_label.h"

namespace nnrun {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// Runs that have the same name but for the seed.
struct SeedGroup {
  std::string name;
  std::vector<const StoredRun*> runs;
};

std::vector<SeedGroup> seed_groups(const ReportExperiment& experiment) {
  std::vector<SeedGroup> groups;
  for (const ReportRun& run : experiment.runs) {
    const std::string name = fields_but(run.stored, {"seed"});
    const auto known = std::find_if(groups.begin(), groups.end(),
                                    [&](const SeedGroup& group) { return group.name == name; });
    SeedGroup& group = known == groups.end() ? groups.emplace_back(SeedGroup{name, {}}) : *known;
    group.runs.push_back(&run.stored);
  }
  return groups;
}

class Averages {
 public:
  explicit Averages(const std::vector<const StoredRun*>& runs) : runs_(runs) {
    for (const StoredRun* run : runs_) {
      for (const std::string& name : run->curves.names) {
        if (mean_.find(name) == nullptr) add_curve(name);
      }
      for (const auto& [name, value] : run->curves.figures) {
        if (!mean_.figures.contains(name)) add_figure(name);
      }
    }
  }

  const Curves& mean() const { return mean_; }
  const Curves& deviation() const { return deviation_; }

 private:
  void add_curve(const std::string& name) {
    std::size_t rows = 0;
    for (const StoredRun* run : runs_) {
      const auto* curve = run->curves.find(name);
      if (curve != nullptr) rows = std::max(rows, curve->size());
    }
    mean_.names.push_back(name);
    deviation_.names.push_back(name);
    auto& means = mean_.values.emplace_back();
    auto& deviations = deviation_.values.emplace_back();
    for (std::size_t row = 0; row < rows; ++row) {
      const auto [mean, deviation] = mean_and_deviation(row_of(name, row));
      means.push_back(mean);
      deviations.push_back(deviation);
    }
  }

  std::vector<double> row_of(const std::string& name, std::size_t row) const {
    std::vector<double> values;
    for (const StoredRun* run : runs_) {
      const auto* curve = run->curves.find(name);
      if (curve != nullptr && row < curve->size()) values.push_back((*curve)[row]);
    }
    return values;
  }

  void add_figure(const std::string& name) {
    std::vector<double> values;
    for (const StoredRun* run : runs_) {
      const auto found = run->curves.figures.find(name);
      if (found != run->curves.figures.end()) values.push_back(found->second);
    }
    const auto [mean, deviation] = mean_and_deviation(values);
    mean_.figures[name] = mean;
    deviation_.figures[name] = deviation;
  }

  const std::vector<const StoredRun*>& runs_;
  Curves mean_;
  Curves deviation_;
};

/// A run that stands for the whole group.
ReportRun mean_run(const SeedGroup& group, const std::vector<const StoredRun*>& whole,
                   const Curves& means) {
  ReportRun run;
  run.stored = *(whole.empty() ? group.runs : whole).front();
  run.stored.name = group.name.empty() ? "all seeds" : group.name;
  run.stored.message.clear();
  std::erase(run.stored.fields, "seed");
  std::erase_if(run.stored.settings, [](const auto& setting) { return setting.first == "seed"; });
  run.stored.curves = means;
  return run;
}

}  // namespace

MeanAndDeviation mean_and_deviation(const std::vector<double>& values) {
  MeanAndDeviation found{mean_of(values), kNone};
  double squares = 0;
  double count = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    squares += (value - found.mean) * (value - found.mean);
    ++count;
  }
  if (count > 1) found.deviation = std::sqrt(squares / (count - 1));
  return found;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  double count = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    sum += value;
    ++count;
  }
  return count > 0 ? sum / count : kNone;
}

std::optional<Repeats> repeats_of(const ReportExperiment& experiment) {
  const auto groups = seed_groups(experiment);
  if (groups.size() == experiment.runs.size()) return std::nullopt;
  Repeats repeats;
  repeats.means.name = experiment.name;
  repeats.means.folder = experiment.folder;
  for (const SeedGroup& group : groups) {
    auto whole = group.runs;
    std::erase_if(whole, [](const StoredRun* run) { return !ended_well(run->status); });
    const Averages averages(whole);
    repeats.means.runs.push_back(mean_run(group, whole, averages.mean()));
    repeats.deviations.push_back(averages.deviation());
    repeats.averaged.push_back(whole.size());
    repeats.diverged.push_back(static_cast<std::size_t>(
        std::count_if(group.runs.begin(), group.runs.end(),
                      [](const StoredRun* run) { return run->status == "diverged"; })));
    repeats.missing.push_back(group.runs.size() - whole.size() - repeats.diverged.back());
  }
  return repeats;
}

}  // namespace nnrun

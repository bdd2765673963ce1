#include "experiment/goals.h"

#include <algorithm>
#include <limits>
#include <map>

#include "experiment/damage.h"
#include "experiment/halving.h"
#include "experiment/metrics_csv.h"
#include "experiment/run_files.h"
#include "experiment/watched_column.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

constexpr double kWrong = std::numeric_limits<double>::quiet_NaN();

/// What the runs of a sweep have measured of one metric, as far as they are.
class Scores {
 public:
  Scores(const fs::path& folder, const Sweep& sweep, const std::vector<RunState>& states)
      : folder_(folder), sweep_(sweep), states_(states), known_(sweep.runs.size()) {
    for (std::size_t r = 0; r < sweep.runs.size(); ++r) trials_[sweep.runs[r].trial].push_back(r);
  }

  std::optional<double> of_trial(std::size_t trial, std::size_t epoch) {
    double sum = 0;
    const auto& runs = trials_.at(trial);
    for (const std::size_t run : runs) {
      const auto score = of_run(run, epoch);
      if (!score) return std::nullopt;
      sum += *score;
    }
    return sum / static_cast<double>(runs.size());
  }

 private:
  /// A run that ended well before this epoch stays at what it came to.
  std::optional<double> of_run(std::size_t run, std::size_t epoch) {
    const RunState& state = states_[run];
    if (state.kind == RunState::Kind::kFailed) return kWrong;
    const auto& curve = curve_of(run);
    // What diverged with this very row does not go on, whatever the row has.
    if (state.status == "diverged" && epoch + 1 >= curve.size()) return kWrong;
    if (epoch < curve.size()) return curve[epoch];
    const bool ended = state.kind == RunState::Kind::kFinished && !state.paused_at;
    if (!ended) return std::nullopt;
    return curve.empty() ? kWrong : curve.back();
  }

  /// Of an interrupted run only the rows that its checkpoint counts on.
  const std::vector<double>& curve_of(std::size_t run) {
    auto& known = known_[run];
    if (known) return *known;
    known.emplace();
    const RunState& state = states_[run];
    const bool finished = state.kind == RunState::Kind::kFinished;
    if (!finished && state.kind != RunState::Kind::kInterrupted) return *known;
    try {
      *known = measured(folder_ / sweep_.runs[run].folder / "metrics.csv", state);
    } catch (const Damage&) {
      // Another process may have taken a paused run further meanwhile: it has not been anywhere yet.
      if (!state.paused_at) throw;
    }
    return *known;
  }

  std::vector<double> measured(const fs::path& file, const RunState& state) const {
    const bool finished = state.kind == RunState::Kind::kFinished;
    const std::string text = finished ? read_intact(file, state.metrics_sha256)
                                      : read_result(file).substr(0, state.metrics_size);
    const Curves curves = read_metrics(text, file);
    const auto* curve = curves.find(sweep_.search->halving()->metric);
    return curve != nullptr ? *curve : std::vector<double>();
  }

  const fs::path& folder_;
  const Sweep& sweep_;
  const std::vector<RunState>& states_;
  std::map<std::size_t, std::vector<std::size_t>> trials_;  ///< their runs
  std::vector<std::optional<std::vector<double>>> known_;   ///< curves, by run
};

bool higher_is_better(const Sweep& sweep) {
  const Model& model = sweep.runs.front().experiment.model;
  return watched_column(sweep.search->halving()->metric, model, true).column.more_is_better;
}

}  // namespace

std::vector<std::size_t> run_goals(const fs::path& folder, const Sweep& sweep,
                                   const std::vector<RunState>& states) {
  std::vector<std::size_t> all;
  for (const Run& run : sweep.runs) all.push_back(run.experiment.epochs);
  const bool competes =
      std::all_of(sweep.runs.begin(), sweep.runs.end(), [](const Run& run) { return run.chosen; });
  if (sweep.brackets.empty() || !competes) return all;
  Scores scores(folder, sweep, states);
  const auto of_trials =
      goals(sweep.brackets, sweep.search->halving()->eta, higher_is_better(sweep),
            [&](std::size_t trial, std::size_t epoch) { return scores.of_trial(trial, epoch); });
  for (std::size_t r = 0; r < all.size(); ++r) all[r] = of_trials[sweep.runs[r].trial];
  return all;
}

}  // namespace nnrun

#include "report/measurement.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.h"
#include "core/registry.h"
#include "experiment/summary.h"
#include "train/split.h"

namespace nnrun {

namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool validates(const Experiment& experiment) {
  return split_counts(experiment.feed.split, experiment.data.facts.train).validation > 0;
}

/// A run has no validation columns without samples to validate on.
std::vector<std::string> measured_in(const Experiment& experiment,
                                     std::vector<std::string> columns) {
  if (validates(experiment)) return columns;
  std::erase_if(columns, [](const std::string& column) {
    return column.find("validation_") != std::string::npos;
  });
  return columns;
}

std::vector<std::string> curves_of(const Experiment& experiment) {
  auto columns = measured_in(experiment, record_columns(experiment.model));
  columns.insert(columns.begin(), "learning_rate");
  return columns;
}

/// Reports a column that the run does not have.
void check_column(const Options& options, const ColumnUse& use, const Experiment& experiment) {
  auto known = curves_of(experiment);
  if (contains(known, use.name)) return;
  const auto figures = measured_in(experiment, figure_columns(experiment.model));
  if (contains(figures, use.name)) {
    if (use.or_figure) return;
    options.fail(use.option, fmt::format("{} is one number of a run, not a curve; only 'final' "
                                         "takes it",
                                         use.name));
    return;
  }
  if (use.or_figure) known.insert(known.end(), figures.begin(), figures.end());
  const std::string near = suggestion(use.name, known);
  options.fail(
      use.option,
      fmt::format("the run has no column '{}'{}", printable(use.name),
                  near.empty() ? fmt::format("; it has: {}", fmt::join(known, ", ")) : near));
}

/// "final: {of: test_accuracy}", without the braces around it.
std::string text_of(const Node& leaf) {
  if (!leaf.is_mapping() || leaf.entries.empty()) return to_line(leaf);
  const Entry& only = leaf.entries.front();
  return only.key + ": " + to_line(only.value);
}

class MeasurementReader {
 public:
  MeasurementReader(Options& options, const std::vector<ManifestExperiment>& experiments,
                    const std::optional<ManifestRun>& claim)
      : options_(options), experiments_(experiments), claim_(claim) {}

  std::optional<Measurement> read() {
    const bool given = !claim_ || options_.has("experiment");
    if (claim_ && !given) options_.record_optional("experiment", text_form());
    const auto experiment =
        given ? read_experiment_key(options_, experiments_) : std::optional(claim_->experiment);
    const bool known = experiment && *experiment < experiments_.size();
    const auto run = known ? read_run(*experiment, given) : pass_over_run();
    const Form form =
        leaf_form(Quantity::kKind,
                  "a quantity, such as final: {of: test_accuracy} ('nnrun list quantities')");
    auto quantity = make<Quantity>(options_.place("quantity", form));
    if (!run || !quantity.leaf) return std::nullopt;
    const Experiment& trained = experiments_[*experiment].sweep.runs[*run].experiment;
    check_columns(quantity, trained);
    return Measurement{{*experiment, *run}, std::move(quantity.leaf), text_of(*quantity.slot.node)};
  }

 private:
  static Form run_form() { return text_form("the name of a run"); }

  std::optional<std::size_t> pass_over_run() {
    options_.pass_over("run");
    options_.record_optional("run", run_form());
    return std::nullopt;
  }

  /// An only run need not be named; else it is the one that the claim names.
  std::optional<std::size_t> read_run(std::size_t index, bool other_experiment) {
    const ManifestExperiment& experiment = experiments_[index];
    if (!experiment.known()) return pass_over_run();
    if (options_.has("run")) return find_run(options_.place("run", run_form()), experiment);
    if (!claim_ || other_experiment) {
      if (experiment.sweep.runs.size() == 1) return pass_over_run().value_or(0);
    }
    if (!claim_) return missing_run(experiment);
    if (!other_experiment) return pass_over_run().value_or(claim_->run);
    return same_run(experiment);
  }

  std::optional<std::size_t> missing_run(const ManifestExperiment& experiment) {
    const auto& runs = experiment.sweep.runs;
    options_.place("run", text_form(fmt::format("one of the {} runs of {}, such as {}", runs.size(),
                                                printable(experiment.key), runs.front().folder)));
    return std::nullopt;
  }

  /// The run of this experiment that is called as the claim's.
  std::optional<std::size_t> same_run(const ManifestExperiment& experiment) {
    const std::string& name = experiments_[claim_->experiment].sweep.runs[claim_->run].folder;
    const auto& runs = experiment.sweep.runs;
    const auto found =
        std::find_if(runs.begin(), runs.end(), [&](const Run& run) { return run.folder == name; });
    if (found == runs.end()) return missing_run(experiment);
    options_.pass_over("run");
    return static_cast<std::size_t>(found - runs.begin());
  }

  static void check_columns(const Made<Quantity>& quantity, const Experiment& experiment) {
    Node& leaf = *quantity.slot.node;
    if (!leaf.is_mapping()) return;
    const Path path = quantity.slot.path / quantity.name;
    const Options options({&leaf.entries.front().value, path, quantity.slot.reading});
    for (const ColumnUse& use : quantity.leaf->columns()) check_column(options, use, experiment);
  }

  Options& options_;
  const std::vector<ManifestExperiment>& experiments_;
  const std::optional<ManifestRun>& claim_;
};

}  // namespace

std::optional<Measurement> read_measurement(Options& options,
                                            const std::vector<ManifestExperiment>& experiments,
                                            const std::optional<ManifestRun>& claim) {
  return MeasurementReader(options, experiments, claim).read();
}

}  // namespace nnrun

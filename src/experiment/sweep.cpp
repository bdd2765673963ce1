#include "experiment/sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "config/json.h"
#include "experiment/expander.h"
#include "experiment/resolution.h"
#include "experiment/study.h"
#include "experiment/trials.h"
#include "experiment/watched_column.h"

namespace nnrun {

namespace {

/// Two runs that would write into the same folder: equal rows of `runs:`, or a row that the grid has too.
void check_folders(const Sweep& sweep, const Mark& mark, Diagnostics& diagnostics) {
  std::set<std::string_view> folders;
  for (const Run& run : sweep.runs) {
    if (folders.insert(run.folder).second) continue;
    diagnostics.add(mark, "", "two runs have the same values: " + printable(run.folder));
  }
}

void check_left(const Sweep& sweep, const Study& study, const Expander& expander,
                Diagnostics& diagnostics) {
  if (!sweep.runs.empty() || expander.excluded() == 0) return;
  diagnostics.add(
      study.written.find("exclude")->value.mark, "exclude",
      fmt::format("leaves no run: each of {} is matched by a row", expander.excluded()));
}

/// A competition is of runs of the same length, by something that all measure.
std::string halving_mistake(const Sweep& sweep) {
  const Halving& halving = *sweep.search->halving();
  const std::size_t epochs = sweep.runs.front().experiment.epochs;
  if (halving.min_epochs.value_or(1) > epochs) {
    return fmt::format("min_epochs: {}, but epochs is {}", *halving.min_epochs, epochs);
  }
  for (const Run& run : sweep.runs) {
    const Experiment& experiment = run.experiment;
    if (experiment.epochs != epochs) {
      return "epochs differ between the runs; rungs are epochs that all of them reach";
    }
    const auto counts = split_counts(experiment.feed.split, experiment.data.facts.train);
    const auto watched = watched_column(halving.metric, experiment.model, counts.validation > 0);
    if (!watched.mistake.empty()) return "metric: " + watched.mistake;
  }
  return {};
}

void collect_fields(Sweep& sweep) {
  std::set<std::string> known;
  for (const Run& run : sweep.runs) {
    for (const SweptField& field : run.fields) {
      if (known.insert(field.path).second) sweep.fields.push_back(field.path);
    }
  }
}

void expand_into(Sweep& sweep, const Node& document, const Study& study, ManyRuns many,
                 Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.size();
  Expander expander(study, many, diagnostics);
  sweep.resolved = resolve(document, study, diagnostics);
  sweep.search = study.search;
  if (study.search != nullptr) {
    const bool many_trials = study.search->trials().value_or(0) > kMostRunsUnasked;
    if (many_trials && many == ManyRuns::kRefuse) throw TooManyRuns{};
    sweep.runs = trial_runs(document, study, expander, diagnostics);
  } else {
    sweep.runs = expander.all(document);
    expander.check_patterns();
    number_trials(sweep.runs);
  }
  check_left(sweep, study, expander, diagnostics);
  if (sweep.runs.empty()) return;
  if (diagnostics.size() == before) check_folders(sweep, document.mark, diagnostics);
  collect_fields(sweep);
  if (study.search == nullptr || study.search->halving() == nullptr) return;
  const std::string mistake = halving_mistake(sweep);
  if (!mistake.empty()) {
    diagnostics.add(study.written.find("search")->mark, "search", mistake);
  }
  sweep.brackets =
      study.search->brackets(trial_count(sweep.runs), sweep.runs.front().experiment.epochs);
}

Node configuration_of(const Run& run) {
  return from_json(nlohmann::ordered_json::parse(run.configuration), {});
}

/// Two files that would write into the same folder.
void check_names(const std::vector<Sweep>& sweeps, Diagnostics& diagnostics) {
  std::map<std::string, std::string> sources;
  for (const Sweep& sweep : sweeps) {
    const auto [first, added] = sources.emplace(sweep.name, sweep.source);
    if (added) continue;
    diagnostics.add(
        {}, printable(sweep.source),
        fmt::format("has the same name '{}' as {}", sweep.name, printable(first->second)));
  }
}

/// Whether the file is a manifest of experiments, which is then said.
bool refuse_manifest(const Node& document, const std::string& file, Diagnostics& diagnostics) {
  const Entry* experiments = document.is_mapping() ? document.find("experiments") : nullptr;
  if (experiments == nullptr || document.find("network") != nullptr) return false;
  diagnostics.add(experiments->mark, "experiments",
                  fmt::format("this is a manifest, not an experiment file; use 'nnrun batch {}'",
                              printable(file)));
  return true;
}

}  // namespace

std::string Run::value(const std::string& path) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const SweptField& field) { return field.path == path; });
  return found == fields.end() ? std::string() : found->value;
}

std::optional<Sweep> expand(Node document, Diagnostics& diagnostics, ManyRuns many) {
  const std::size_t before = diagnostics.size();
  Sweep sweep;
  const Study study = take_study(document, diagnostics);
  try {  // though the study be wrong: all mistakes at once
    expand_into(sweep, document, study, many, diagnostics);
  } catch (const TooManyRuns&) {
    diagnostics.add(document.mark, "",
                    fmt::format("more than {} runs; --yes goes on all the same", kMostRunsUnasked));
  }
  if (diagnostics.size() > before) return std::nullopt;
  assert(!sweep.runs.empty());
  sweep.name = sweep.runs.front().experiment.name;
  return sweep;
}

std::optional<Sweep> load_sweep(const std::string& file, const std::vector<Override>& overrides,
                                Diagnostics& diagnostics, ManyRuns many) {
  auto document = load_document(file, overrides, diagnostics);
  if (!document || refuse_manifest(*document, file, diagnostics)) return std::nullopt;
  auto sweep = expand(*std::move(document), diagnostics, many);
  if (sweep) sweep->source = file;
  return sweep;
}

std::vector<Sweep> load_sweeps(const std::vector<std::string>& files,
                               const std::vector<std::string>& arguments, ManyRuns many) {
  Diagnostics diagnostics;
  const auto overrides = parse_overrides(arguments, diagnostics);
  std::vector<Sweep> sweeps;
  for (const std::string& file : files) {
    if (auto sweep = load_sweep(file, overrides, diagnostics, many)) {
      sweeps.push_back(*std::move(sweep));
    }
  }
  check_names(sweeps, diagnostics);
  diagnostics.throw_if_any();
  return sweeps;
}

void choose(std::vector<Sweep>& sweeps, const RunChoice& choice) {
  std::vector<Pattern> patterns;
  for (const std::string& text : choice.only) patterns.push_back(parse_pattern(text));
  std::vector<bool> used(patterns.size());
  for (Sweep& sweep : sweeps) {
    std::size_t chosen = 0;
    for (Run& run : sweep.runs) {
      run.chosen = patterns.empty();
      const Node configuration = patterns.empty() ? Node() : configuration_of(run);
      for (std::size_t p = 0; p < patterns.size(); ++p) {
        if (!matches(patterns[p], configuration)) continue;
        run.chosen = used[p] = true;
      }
      run.chosen = run.chosen && chosen < choice.limit.value_or(sweep.runs.size());
      chosen += run.chosen ? 1 : 0;
    }
  }
  for (std::size_t p = 0; p < patterns.size(); ++p) {
    if (!used[p]) {
      throw Error(fmt::format("--only {}: no run has these values; 'nnrun plan' shows them all",
                              printable(choice.only[p])));
    }
  }
}

}  // namespace nnrun

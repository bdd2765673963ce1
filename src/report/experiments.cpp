#include "report/experiments.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

constexpr const char* kExpected = "the path of an experiment file";

/// A path stands relative to the manifest that it is written in, which may be an extended one.
std::optional<fs::path> experiment_path(const Slot& slot) {
  const Node& value = *slot.node;
  if (!value.is_scalar() || value.is_plain_value() || value.text.empty()) {
    slot.expected(kExpected);
    return std::nullopt;
  }
  const fs::path from = value.mark.file ? fs::path(*value.mark.file).parent_path() : fs::path();
  fs::path path = (from / value.text).lexically_normal();
  std::error_code error;
  if (fs::exists(path, error)) return path;
  slot.fail(
      fmt::format("no file '{}' (looked for {})", printable(value.text), printable(path.string())));
  return std::nullopt;
}

std::vector<std::string> names_of(const std::vector<Run>& runs) {
  std::vector<std::string> names;
  for (const Run& run : runs) names.push_back(run.folder);
  return names;
}

}  // namespace

std::vector<ManifestExperiment> read_experiments(Options& manifest,
                                                 const std::vector<Override>& overrides) {
  std::vector<ManifestExperiment> experiments;
  const Form form = names_form("names with the files of experiments", text_form(kExpected));
  const Slot slot = manifest.place("experiments", form);
  if (slot.node == nullptr) return experiments;
  if (!slot.node->is_mapping() || slot.node->entries.empty()) {
    slot.expected("names with the files of experiments (key: FILE)");
    return experiments;
  }
  for (Entry& entry : slot.node->entries) {
    const Slot place{&entry.value, slot.path / entry.key, slot.reading};
    const auto path = experiment_path(place);
    auto sweep =
        path ? load_sweep(path->string(), overrides, slot.reading->diagnostics) : std::nullopt;
    experiments.push_back({entry.key, entry.mark, sweep ? *std::move(sweep) : Sweep{}, {}});
  }
  return experiments;
}

std::optional<std::size_t> read_experiment_key(Options& options,
                                               const std::vector<ManifestExperiment>& experiments) {
  const std::string key = options.text("experiment");
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < experiments.size(); ++i) {
    if (experiments[i].key == key) return i;
    keys.push_back(experiments[i].key);
  }
  // Without any experiments, that is the mistake.
  if (options.has("experiment") && !keys.empty()) {
    options.fail("experiment", fmt::format("unknown experiment '{}'{}", printable(key),
                                           suggestion_or_known(key, keys)));
  }
  return std::nullopt;
}

std::optional<std::size_t> find_run(const Slot& place, const ManifestExperiment& experiment) {
  const auto names = names_of(experiment.sweep.runs);
  if (place.node == nullptr || !experiment.known()) return std::nullopt;
  if (!place.node->is_scalar()) {
    place.expected("the name of a run");
    return std::nullopt;
  }
  const auto found = std::find(names.begin(), names.end(), place.node->text);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  place.fail(fmt::format("{} has no run '{}'{}", printable(experiment.key),
                         printable(place.node->text),
                         suggestion_or_known(place.node->text, names)));
  return std::nullopt;
}

}  // namespace nnrun

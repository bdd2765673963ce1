#include "report/manifest.h"

#include <fmt/format.h>

#include <map>

#include "base/file.h"
#include "base/text.h"
#include "config/document.h"
#include "config/yaml.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

/// What report/outcome writes beside the results of a manifest that keeps its own.
bool is_outcome(const std::string& name) {
  return name == "figures" || name == "runs.csv" || name == "claims.csv" || name == "README.md";
}

class ManifestReader {
 public:
  ManifestReader(Node& document, Reading& reading)
      : reading_(reading), top_({&document, {}, &reading}) {}

  Manifest read(const std::vector<Override>& arguments) {
    manifest_.name = read_name(top_);
    manifest_.description = top_.text("description", "");
    const bool shared = top_.choice("results", {"shared", "own"}, "shared") == "shared";
    if (!shared) manifest_.parent = manifest_.name;
    auto overrides = read_set();
    overrides.insert(overrides.end(), arguments.begin(), arguments.end());
    manifest_.experiments = read_experiments(top_, overrides);
    place_results(shared);
    manifest_.figures = read_figures(top_, manifest_.experiments);
    manifest_.claims = read_claims(top_, manifest_.experiments);
    top_.record_other("extends", text_form("the path of another manifest to start from"));
    top_.finish();
    refuse_axes();
    return std::move(manifest_);
  }

 private:
  /// `set: {epochs: 25}`: dotted paths with values.
  std::vector<Override> read_set() {
    std::vector<Override> overrides;
    const Form form = paths_form("set", "dotted paths with values (epochs: 25)");
    const Slot slot = top_.mapping("set", false, form);
    if (slot.node == nullptr) return overrides;
    if (!slot.node->is_mapping()) {
      slot.expected(form.text());
      return overrides;
    }
    for (const Entry& entry : slot.node->entries) {
      const std::string where = "set." + printable(entry.key);
      overrides.push_back({entry.mark, where, entry.key, entry.value});
    }
    return overrides;
  }

  /// Results of one folder would be taken for those of both.
  void place_results(bool shared) {
    std::map<std::string, std::string> keys = {};
    for (ManifestExperiment& experiment : manifest_.experiments) {
      if (!experiment.known()) continue;
      const std::string& name = experiment.sweep.name;
      experiment.folder = manifest_.parent / name;
      const std::string path = "experiments." + printable(experiment.key);
      const auto [first, added] = keys.emplace(name, experiment.key);
      if (!added) {
        reading_.diagnostics.add(
            experiment.mark, path,
            fmt::format("has the same results folder as '{}': both files are named '{}'",
                        printable(first->second), name));
      } else if (!shared && is_outcome(name)) {
        reading_.diagnostics.add(
            experiment.mark, path,
            fmt::format("is named '{}', as what is made of the manifest beside "
                        "its results",
                        name));
      } else if (shared && name == manifest_.name) {
        reading_.diagnostics.add(experiment.mark, path,
                                 fmt::format("is named '{}' as the manifest, which needs a results "
                                             "folder of its own",
                                             name));
      }
    }
  }

  /// The typed reader takes a list where one value is expected for an axis of a grid.
  void refuse_axes() const {
    for (const Axis& axis : reading_.axes) {
      reading_.diagnostics.add(axis.mark, axis.path.text(),
                               "expected one value, got a list; a manifest has no grid");
    }
  }

  Reading& reading_;
  Options top_;
  Manifest manifest_;
};

/// Whether the file is an experiment, which is then said.
bool refuse_experiment(const Node& document, const fs::path& file, Diagnostics& diagnostics) {
  if (!document.is_mapping() || document.find("experiments") != nullptr) return false;
  const Entry* network = document.find("network");
  if (network == nullptr) return false;
  diagnostics.add(network->mark, "network",
                  fmt::format("this is an experiment file, not a manifest, which has "
                              "'experiments' and 'claims'; use 'nnrun run {}'",
                              printable(file.string())));
  return true;
}

/// Whether the key can be in it or in a file that it extends; seen without the cost of reading it as YAML.
bool may_have_experiments(const fs::path& file) {
  try {
    const std::string text = read_file(file, kLargestFile);
    return text.find("experiments") != std::string::npos ||
           text.find("extends") != std::string::npos || text.find('\\') != std::string::npos;
  } catch (const Error&) {
    return false;  // Told by whoever reads it.
  }
}

}  // namespace

Form manifest_form() {
  return form_read_by([](const Slot& top) { ManifestReader(*top.node, *top.reading).read({}); });
}

bool is_manifest(const fs::path& file) {
  if (!may_have_experiments(file)) return false;
  Diagnostics unused;
  const auto document = load_document(file, {}, unused);
  return document && document->is_mapping() && document->find("experiments") != nullptr;
}

Manifest load_manifest(const fs::path& file, const std::vector<std::string>& arguments) {
  Diagnostics diagnostics;
  const auto overrides = parse_overrides(arguments, diagnostics);
  auto document = load_document(file, {}, diagnostics);
  Manifest manifest;
  if (document && !refuse_experiment(*document, file, diagnostics)) {
    Reading reading(diagnostics);
    manifest = ManifestReader(*document, reading).read(overrides);
  }
  diagnostics.throw_if_any();
  manifest.source = file;
  manifest.overrides = arguments;
  return manifest;
}

std::vector<Sweep> sweeps_of(const Manifest& manifest) {
  std::vector<Sweep> sweeps;
  for (const ManifestExperiment& experiment : manifest.experiments) {
    sweeps.push_back(experiment.sweep);
  }
  return sweeps;
}

}  // namespace nnrun

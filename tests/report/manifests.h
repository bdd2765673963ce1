// Manifests of tiny experiments, beside their files and their results.
#pragma once

#include <string>

#include "experiment/bench.h"
#include "report/manifest.h"

namespace nnrun::test {

/// A folder with two experiments, `sweep.yaml` of learning rates 0.5 and 1 and `single.yaml` of one
/// run, and a manifest of both.
struct ManifestBench : Bench {
  ManifestBench() {
    write_experiment(folder, "sweep.yaml",
                     with(with_rates("[0.5, 1]", folder), "name: tiny", "name: sweep"));
    write_experiment(folder, "single.yaml",
                     with(tiny_experiment(folder), "name: tiny", "name: single"));
  }

  /// The manifest with `claims`, its items indented by two; they begin in line 8.
  std::string manifest(const std::string& claims) {
    return write_experiment(folder, "manifest.yaml", R"(name: study
description: two experiments
results: shared

experiments: {sweep: sweep.yaml, single: single.yaml}

claims:
)" + claims);
  }

  std::filesystem::path results() const { return folder / "results"; }

  void train() const {
    RunOptions options;
    options.results = results();
    Witness witness;
    const auto path = [&](const char* name) { return (folder / name).string(); };
    REQUIRE(run_sweeps(load_sweeps({path("sweep.yaml"), path("single.yaml")}, {}), options,
                       witness) == ExitStatus::kDone);
  }
};

/// A claim on a run of the sweep, with `quantity` and everything after it in lines of their own.
inline std::string claim(const std::string& name, const std::string& quantity,
                         const std::string& relation) {
  return "  - {name: " + name +
         ", place: V, text: t, experiment: sweep, run: learning_rate=1, quantity: {" + quantity +
         "}, " + relation + "}\n";
}

/// What is wrong with a manifest, with the name of its folder left out.
inline std::string mistakes(ManifestBench& bench, const std::string& file,
                            const std::vector<std::string>& arguments = {}) {
  std::string text = error_of([&] { load_manifest(file, arguments); });
  const std::string folder = bench.folder.path().string() + "/";
  for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder)) {
    text.erase(at, folder.size());
  }
  return text;
}

/// A claim on a run of the sweep.
inline const std::string kGood =
    "  - name: one\n"
    "    place: V.B\n"
    "    text: it ends well\n"
    "    experiment: sweep\n"
    "    run: learning_rate=1\n"
    "    quantity: {final: {of: test_accuracy}}\n"
    "    at_least: 0.50\n";

}  // namespace nnrun::test

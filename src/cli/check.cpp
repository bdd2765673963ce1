#include <fmt/format.h>

#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "report/manifest.h"

namespace nnrun {

namespace {

void check_experiments(const FileArguments& input, ManyRuns many) {
  for (const Sweep& sweep : load_sweeps(input.files, input.overrides, many)) {
    fmt::print("{}: good, {}\n", printable(sweep.source), counted(sweep.runs.size(), "run"));
  }
}

void check_manifest(const std::string& file, const std::vector<std::string>& overrides) {
  const Manifest manifest = load_manifest(file, overrides);
  std::size_t runs = 0;
  for (const ManifestExperiment& each : manifest.experiments) runs += each.sweep.runs.size();
  fmt::print("{}: good, {} of {}, {}, {}\n", printable(file), counted(runs, "run"),
             counted(manifest.experiments.size(), "experiment"),
             counted(manifest.claims.size(), "claim"), counted(manifest.figures.size(), "figure"));
}

/// The mistakes of all files together.
ExitStatus check(const FileArguments& input, ManyRuns many) {
  FileArguments experiments{{}, input.overrides};
  std::vector<std::string> manifests;
  for (const std::string& file : input.files) {
    (is_manifest(file) ? manifests : experiments.files).push_back(file);
  }
  std::string mistakes;
  const auto note = [&](const auto& part) {
    try {
      part();
    } catch (const Error& error) {
      mistakes += (mistakes.empty() ? "" : "\n") + std::string(error.what());
    }
  };
  note([&] { check_experiments(experiments, many); });
  for (const std::string& file : manifests) {
    note([&] { check_manifest(file, input.overrides); });
  }
  if (!mistakes.empty()) throw Error(mistakes);
  return ExitStatus::kDone;
}

}  // namespace

Command check_command() {
  return {"check", "every mistake in experiment files and manifests at once; trains nothing",
          "Examples:\n"
          "  nnrun check configs/*.yaml experiments/*.yaml\n"
          "  nnrun check configs/task3_lr_sweep.yaml --set network.0.dense.units=[16,64]\n",
          [](CLI::App& app) {
            auto input = std::make_shared<FileArguments>();
            auto many = std::make_shared<ManyRuns>(ManyRuns::kRefuse);
            input->declare(app);
            declare_yes(app, *many);
            return [input, many] { return check(*input, *many); };
          }};
}

}  // namespace nnrun

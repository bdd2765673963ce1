#include <fmt/format.h>

#include <memory>

#include "cli/command.h"
#include "report/difference.h"

namespace nnrun {

namespace {

struct DiffArguments {
  std::string a;
  std::string b;
};

ExitStatus run(const DiffArguments& arguments) {
  const Difference found = difference(arguments.a, arguments.b);
  fmt::print("{}", found.text);
  return found.same ? ExitStatus::kDone : ExitStatus::kClaimFails;
}

}  // namespace

Command diff_command() {
  return {
      "diff", "the first epoch and column in which two runs differ",
      "Compared are settings, checksums of the data, metrics.csv, weights, confusion matrices and\n"
      "figures; not timing.csv, nor run.json's times, host and threads. Of two experiments, or of\n"
      "two results of 'nnrun batch', the runs of the same name are compared. Values are shown as\n"
      "'A | B'.\n\n"
      "Examples:\n"
      "  nnrun diff results/task3_multiclass/run /tmp/again/task3_multiclass/run\n"
      "  nnrun diff results/task3_lr_sweep /tmp/again/task3_lr_sweep\n"
      "  nnrun diff results/report /tmp/again/report\n\n"
      "Exit status: 0 the same, 3 they differ, 2 they cannot be compared.\n",
      [](CLI::App& app) {
        auto arguments = std::make_shared<DiffArguments>();
        app.add_option("A", arguments->a, "a run's folder, an experiment's or a batch's")
            ->required();
        app.add_option("B", arguments->b, "another of the same kind")->required();
        return [arguments] { return run(*arguments); };
      }};
}

}  // namespace nnrun

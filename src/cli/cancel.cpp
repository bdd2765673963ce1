#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <set>

#include "base/text.h"
#include "cli/command.h"
#include "experiment/submission.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

ExitStatus cancel(const fs::path& folder) {
  if (!fs::is_directory(folder)) throw Error(printable(folder.string()) + ": no such folder");
  const auto jobs = submitted_jobs(folder);
  if (jobs.empty()) {
    fmt::print("nothing was submitted from {}\n", printable(folder.string()));
    return ExitStatus::kDone;
  }
  require_slurm();
  std::set<std::string> queued;
  for (const QueuedTask& task : tasks_of(jobs, queued_tasks())) queued.insert(task.job);
  if (queued.empty()) {
    fmt::print("nothing to cancel: no job of {} waits or runs\n", printable(folder.string()));
    return ExitStatus::kDone;
  }
  cancel_jobs({queued.begin(), queued.end()});
  add_cancelled(folder, queued);
  fmt::print("cancelled {} {}; what was under way is saved, and 'nnrun submit' goes on with it\n",
             queued.size() == 1 ? "job" : "jobs", fmt::join(queued, ", "));
  return ExitStatus::kDone;
}

}  // namespace

Command cancel_command() {
  return {"cancel", "take what 'nnrun submit' has submitted out of Slurm's queue",
          "Examples:\n"
          "  nnrun cancel results/task3_lr_sweep\n\n"
          "Tasks that run save where they are. Submitting again goes on from there.\n",
          [](CLI::App& app) {
            auto folder = std::make_shared<fs::path>();
            app.add_option("DIR", *folder, "folder of an experiment or of a manifest's results")
                ->required();
            return [folder] { return cancel(*folder); };
          }};
}

}  // namespace nnrun

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "base/file.h"
#include "base/tell.h"
#include "base/text.h"
#include "cli/command.h"
#include "experiment/goals.h"
#include "experiment/run_lock.h"
#include "experiment/submission.h"
#include "report/output_format.h"
#include "report/state_text.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

constexpr const char* kEnded = "ended";
constexpr const char* kCancelled = "cancelled";

/// The experiments of a folder, with what the tree and the queue have of their runs.
struct Standing {
  fs::path folder;
  std::vector<fs::path> folders;  ///< of the experiments
  std::vector<Sweep> sweeps;
  std::vector<std::vector<RunState>> states;
  std::vector<std::vector<std::size_t>> goals;  ///< the epochs to which a run is to come
  std::vector<QueuedTask> queue;                ///< what is ours in it
  std::map<RunRef, QueuedTask> tasks;           ///< of the runs that were submitted
  std::set<std::string> cancelled;              ///< jobs
};

std::vector<fs::path> experiment_folders(const fs::path& folder,
                                         const std::optional<Submission>& submission) {
  std::vector<fs::path> folders;
  for (const std::string& name :
       submission ? submission->experiments : std::vector<std::string>{"."}) {
    folders.push_back(name == "." ? folder : (folder / name).lexically_normal());
  }
  for (const fs::path& each : folders) {
    if (fs::exists(each / "experiment.yaml")) continue;
    throw Error(
        fmt::format("{}: no experiment.yaml there; expected the folder of an experiment, such as "
                    "results/task3_lr_sweep, or one that a manifest was submitted from",
                    printable(each.string())));
  }
  return folders;
}

/// What Slurm has of our jobs; nothing where it cannot be asked, which is told.
std::optional<std::vector<QueuedTask>> ask_queue() {
  try {
    if (has_slurm()) return queued_tasks();
    tell("no squeue in PATH: only the results tree is shown\n");
  } catch (const Error& error) {
    tell(fmt::format("{}\nonly the results tree is shown\n", error.what()));
  }
  return std::nullopt;
}

void add_tasks(Standing& standing, const Submission& submission) {
  const auto jobs = submitted_jobs(standing.folder);
  const auto queue = ask_queue();
  if (!queue) return;
  standing.cancelled = cancelled_jobs(standing.folder);
  standing.queue = tasks_of(jobs, *queue);
  choose(standing.sweeps, submission.choice);
  const auto shares = run_shares(standing.sweeps, submission.shares);
  for (const auto& [share, task] : tasks_of_shares(jobs, *queue, submission.shares)) {
    if (share >= shares.size()) continue;
    for (const RunRef& run : shares[share]) standing.tasks[run] = task;
  }
}

Standing standing_of(const fs::path& folder) {
  const auto submission = read_submission(folder);
  Standing standing;
  standing.folder = folder;
  standing.folders = experiment_folders(folder, submission);
  std::vector<std::string> files;
  for (const fs::path& each : standing.folders)
    files.push_back((each / "experiment.yaml").string());
  standing.sweeps = load_sweeps(files, {}, ManyRuns::kAllow);
  if (submission) add_tasks(standing, *submission);
  // After the queue was asked: a task that has ended meanwhile has left what it did.
  for (std::size_t s = 0; s < standing.sweeps.size(); ++s) {
    standing.states.push_back(run_states(standing.folders[s], standing.sweeps[s]));
    standing.goals.push_back(
        run_goals(standing.folders[s], standing.sweeps[s], standing.states.back()));
  }
  return standing;
}

/// The last epoch of metrics.csv, which grows while the run is trained.
std::string last_epoch(const fs::path& run_folder) {
  constexpr std::size_t kMostBytes = 1 << 30;
  const auto text = read_file_if_there(run_folder / "metrics.csv", kMostBytes, Links::kRefuse);
  if (!text || text->size() < 2) return {};
  const std::size_t line = text->rfind('\n', text->size() - 2) + 1;
  const std::string cell = text->substr(line, text->find(',', line) - line);
  return parse_integer(cell) ? cell : std::string();
}

/// Whether nothing is left to do: finished, or as far as its search takes it.
bool has_ended(const Standing& standing, const RunRef& ref) {
  const RunState& state = standing.states[ref.sweep][ref.run];
  return state.ended &&
         (!state.paused_at || *state.paused_at >= standing.goals[ref.sweep][ref.run]);
}

/// "RUNNING"; of a task that has left its run unfinished "ended" or "cancelled"; or nothing.
std::string task_text(const Standing& standing, const RunRef& ref, const QueuedTask& task) {
  if (!task.state.empty()) return task.state;
  if (has_ended(standing, ref) || task.job.empty()) return {};
  return standing.cancelled.contains(task.job) ? kCancelled : kEnded;
}

std::vector<std::string> row_of(const Standing& standing, const RunRef& ref) {
  const Run& run = standing.sweeps[ref.sweep].runs[ref.run];
  const RunState& state = standing.states[ref.sweep][ref.run];
  const fs::path folder = standing.folders[ref.sweep] / run.folder;
  const auto found = standing.tasks.find(ref);
  const QueuedTask task = found == standing.tasks.end() ? QueuedTask{} : found->second;
  const std::string where = !task.node.empty() || task.reason == "None" ? task.node : task.reason;
  return {standing.sweeps[ref.sweep].name,
          run.folder,
          state_text(state, RunLock::holder(folder)),
          last_epoch(folder),
          std::to_string(run.experiment.epochs),
          task.job.empty() ? std::string() : task.name(),
          task_text(standing, ref, task),
          where};
}

OutputTable status_table(const Standing& standing) {
  OutputTable table;
  table.columns = {{.name = "experiment", .key = true},
                   {.name = "run", .key = true},
                   {.name = "state"},
                   {.name = "epoch", .numbers = true},
                   {.name = "epochs", .numbers = true},
                   {.name = "job"},
                   {.name = "task"},
                   {.name = "node_or_reason"}};
  for (std::size_t s = 0; s < standing.sweeps.size(); ++s) {
    for (std::size_t r = 0; r < standing.sweeps[s].runs.size(); ++r) {
      table.rows.push_back(row_of(standing, {s, r}));
    }
  }
  if (standing.sweeps.size() > 1) return table;
  return columns_where(table,
                       [](const OutputColumn& column) { return column.name != "experiment"; });
}

/// "4 runs: 3 completed, 1 not finished; in the queue: 1 RUNNING".
std::string counts_line(const Standing& standing) {
  std::map<std::string, std::size_t> runs;
  std::map<std::string, std::size_t> tasks;
  std::size_t all = 0;
  for (std::size_t s = 0; s < standing.states.size(); ++s) {
    all += standing.states[s].size();
    for (std::size_t r = 0; r < standing.states[s].size(); ++r) {
      const RunState& state = standing.states[s][r];
      ++runs[!has_ended(standing, {s, r}) ? "not finished"
             : state.paused_at            ? "paused by the search"
                                          : state.status];
    }
  }
  for (const QueuedTask& task : standing.queue) ++tasks[printable(task.state)];
  const auto text = [](const std::map<std::string, std::size_t>& counts) {
    std::vector<std::string> parts;
    for (const auto& [name, count] : counts) parts.push_back(fmt::format("{} {}", count, name));
    return fmt::format("{}", fmt::join(parts, ", "));
  };
  const std::string queued = tasks.empty() ? "" : "; in the queue: " + text(tasks);
  return fmt::format("{}: {}{}\n", counted(all, "run"), text(runs), queued);
}

/// Of tasks that have ended before their runs had: where to look.
void tell_of_ended(const Standing& standing) {
  std::set<std::string> told;
  for (const auto& [ref, task] : standing.tasks) {
    const RunState& state = standing.states[ref.sweep][ref.run];
    if (!task.state.empty() || has_ended(standing, ref) || !told.insert(task.name()).second)
      continue;
    if (standing.cancelled.contains(task.job)) {
      tell(fmt::format("task {} was cancelled; 'nnrun submit' goes on with it\n", task.name()));
      continue;
    }
    const fs::path log = slurm_folder(standing.folder) / (task.name() + ".log");
    const bool nothing = !fs::exists(log) && state.kind == RunState::Kind::kMissing;
    tell(nothing ? fmt::format(
                       "task {} has ended and left neither a log nor a run: is {} on a file system "
                       "that the nodes share?\n",
                       task.name(), printable(standing.folder.string()))
                 : fmt::format("task {} has ended before its runs: {}\n", task.name(),
                               printable(log.string())));
  }
}

ExitStatus status(const fs::path& folder, OutputFormat format) {
  const Standing standing = standing_of(folder);
  fmt::print("{}", to_text(status_table(standing), format));
  if (format == OutputFormat::kTable) fmt::print("{}", counts_line(standing));
  tell_of_ended(standing);
  return ExitStatus::kDone;
}

}  // namespace

Command status_command() {
  return {
      "status", "how far the runs of a folder are, and what Slurm's queue has of them",
      "Examples:\n"
      "  nnrun status results/task3_lr_sweep\n"
      "  nnrun status results/report --format csv       what a manifest was submitted from\n\n"
      "Whether a run is finished is read from the results tree alone. task is squeue's state of the\n"
      "task that trains it; where it is gone and the run is not finished 'cancelled' or 'ended': its\n"
      "log is in DIR/slurm. Without Slurm the results tree is shown alone.\n",
      [](CLI::App& app) {
        auto folder = std::make_shared<fs::path>();
        auto format = std::make_shared<OutputFormat>(OutputFormat::kTable);
        app.add_option("DIR", *folder, "folder of an experiment or of a manifest's results")
            ->required();
        declare_format(app, *format);
        return [folder, format] { return status(*folder, *format); };
      }};
}

}  // namespace nnrun

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "base/file.h"
#include "base/file_lock.h"
#include "base/tell.h"
#include "base/text.h"
#include "cli/submit_request.h"
#include "config/yaml.h"
#include "experiment/run_files.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

/// A share that has something to be trained, and how many runs that are.
std::map<std::size_t, std::size_t> unfinished_shares(const SubmitRequest& request,
                                                     const Plan& plan) {
  const std::set<RunRef> to_train(plan.to_train.begin(), plan.to_train.end());
  const auto shares = run_shares(request.sweeps, request.job.shares);
  std::map<std::size_t, std::size_t> unfinished;
  for (std::size_t share = 0; share < shares.size(); ++share) {
    for (const RunRef& run : shares[share]) unfinished[share] += to_train.contains(run) ? 1 : 0;
  }
  std::erase_if(unfinished, [](const auto& each) { return each.second == 0; });
  return unfinished;
}

fs::path script_file(const SubmitRequest& request) {
  return slurm_folder(request.job.folder) / "job.sh";
}

bool has_content(const fs::path& path, const std::string& content) {
  constexpr std::size_t kMostBytes = 1 << 30;
  return read_file_if_there(path, kMostBytes, Links::kRefuse) == content;
}

/// Whether the folder has what was submitted from it unchanged: the same shares of the same runs.
bool is_submitted_so(const SubmitRequest& request, const std::string& script) {
  if (!has_content(script_file(request), script)) return false;
  for (std::size_t s = 0; s < request.sweeps.size(); ++s) {
    if (!has_content(request.job.files[s], to_yaml(request.sweeps[s].resolved))) return false;
  }
  return true;
}

/// Takes out the shares that are in the queue already, and says how many. Throws an Error when what is queued is
/// of another file or has other options: it would find other runs in its shares.
std::size_t leave_out_queued(const SubmitRequest& request, const std::string& script,
                             std::map<std::size_t, std::size_t>& unfinished) {
  const auto jobs = submitted_jobs(request.job.folder);
  const auto queue = jobs.empty() ? std::vector<QueuedTask>{} : tasks_of(jobs, queued_tasks());
  if (queue.empty()) return 0;
  if (!is_submitted_so(request, script)) {
    throw Error(fmt::format(
        "{0}: job {1} of it is still in the queue, of another file or with other options; "
        "'nnrun cancel {0}' takes it away, 'nnrun status {0}' shows it",
        printable(request.shown.string()), queue.front().job));
  }
  std::size_t left_out = 0;
  for (const auto& [share, task] : tasks_of_shares(jobs, queue, request.job.shares)) {
    // One that is completing has ended: its runs are free, or will be before a new task comes to them.
    if (!task.state.empty() && task.state != "COMPLETING") left_out += unfinished.erase(share);
  }
  return left_out;
}

/// What is not submitted: "2 of 7 runs finished, 3 tasks in the queue already".
std::string left_out_text(const SubmitRequest& request, const Plan& plan, std::size_t queued) {
  std::string text = fmt::format("{} of {} finished", plan.skipped.size(),
                                 counted(runs_by_group(request.sweeps).size(), "run"));
  if (!plan.failed.empty()) {
    text += fmt::format(", {} failed ('nnrun run --retry failed' trains those anew)",
                        plan.failed.size());
  }
  if (queued > 0) text += fmt::format(", {} in the queue already", counted(queued, "task"));
  return text;
}

/// experiment.yaml of each experiment, as run writes it, and slurm/.
void write_files(const SubmitRequest& request, const std::string& script) {
  for (std::size_t s = 0; s < request.sweeps.size(); ++s) {
    const fs::path file = request.job.files[s];
    create_folder(file.parent_path(), ExitStatus::kBadInput);
    const std::string content = to_yaml(request.sweeps[s].resolved);
    if (!has_content(file, content)) write_file(file, content);
  }
  const fs::path folder = slurm_folder(request.job.folder);
  check_no_link(folder);
  create_folder(folder, ExitStatus::kBadInput);
  write_file(script_file(request), script);
  write_submission(request.job.folder, request.submission);
}

/// The array, or several where the controller takes none of more than `most`. Returns the jobs' numbers.
std::vector<std::string> submit_shares(const SubmitRequest& request, std::size_t most,
                                       std::size_t array_limit,
                                       const std::map<std::size_t, std::size_t>& unfinished) {
  const std::string word = probe_word(request.job.folder);
  std::vector<std::string> jobs;
  for (auto share = unfinished.begin(); share != unfinished.end();) {
    SubmittedJob job{"", share->first / most * most, request.job.shares, {}};
    std::size_t runs = 0;
    for (; share != unfinished.end() && share->first < job.offset + most; ++share) {
      job.tasks.push_back(share->first - job.offset);
      runs += share->second;
    }
    std::string array = "--array=" + index_ranges(job.tasks);
    if (array_limit > 0) array += fmt::format("%{}", array_limit);
    std::vector<std::string> words = {array, script_file(request).string(),
                                      std::to_string(job.offset), word};
    // The limit is of all of them together.
    if (array_limit > 0 && !jobs.empty())
      words.insert(words.begin(), "--dependency=afterany:" + jobs.back());
    job.job = submit_job(words);
    add_job(request.job.folder, job);
    jobs.push_back(job.job);
    fmt::print("job {}: {}, {}\n", job.job, counted(job.tasks.size(), "task"),
               counted(runs, "run"));
  }
  return jobs;
}

/// The job that comes last. With afterok a task that fails would let it wait for ever.
void submit_tables(const SubmitRequest& request, const std::vector<std::string>& jobs) {
  std::vector<std::string> words = {
      fmt::format("--output={}/%j.log", slurm_folder(request.job.folder).string()),
      script_file(request).string(), "tables", probe_word(request.job.folder)};
  if (!jobs.empty()) {
    words.insert(words.begin(), fmt::format("--dependency=afterany:{}", fmt::join(jobs, ":")));
  }
  const std::string job = submit_job(words);
  add_job(request.job.folder, {job, 0, request.job.shares, {}});
  fmt::print("job {}: the tables and report.html, when all tasks have ended\n", job);
}

/// Whether what was submitted has come to its end but for the last job, which was cancelled or has failed.
bool lacks_page(const SubmitRequest& request) {
  const auto jobs = submitted_jobs(request.job.folder);
  return !jobs.empty() && !fs::exists(request.job.folder / "report.html") &&
         tasks_of(jobs, queued_tasks()).empty();
}

ExitStatus submit(const SubmitArguments& arguments) {
  SubmitRequest request = read_request(arguments);
  const std::string script = batch_script(request.job);
  if (arguments.print) {
    fmt::print("{}", script);
    return ExitStatus::kDone;
  }
  require_slurm();
  const std::size_t most = largest_array();  // before anything is written: Slurm may not answer
  request.options.threads = std::max<std::size_t>(1, arguments.cpus);
  request.options.allow_swap = true;  // the nodes' memory is not this machine's
  const Plan plan = prepare_sweeps(request.sweeps, request.options);
  auto unfinished = unfinished_shares(request, plan);
  std::optional<FileLock> lock;  // two that submit at once would submit everything twice
  if (!unfinished.empty()) {
    create_folder(slurm_folder(request.job.folder), ExitStatus::kBadInput);
    lock.emplace(FileLock::hold(slurm_folder(request.job.folder) / ".lock"));
  }
  const std::size_t queued = leave_out_queued(request, script, unfinished);
  const std::string left_out = left_out_text(request, plan, queued);
  if (unfinished.empty() && !lacks_page(request)) {
    fmt::print("nothing to submit: {}\n", left_out);
    return ExitStatus::kDone;
  }
  if (queued + plan.skipped.size() + plan.failed.size() > 0) tell(left_out + "\n");
  write_files(request, script);
  submit_tables(request, submit_shares(request, most, arguments.array_limit, unfinished));
  fmt::print(
      "script and logs: {0}/slurm\n"
      "nnrun status {0}    how far it is\n"
      "nnrun cancel {0}    take it out of the queue\n",
      printable(request.shown.string()));
  return ExitStatus::kDone;
}

}  // namespace

Command submit_command() {
  return {
      "submit", "train the runs of an experiment or a manifest as a job array on a Slurm cluster",
      "Examples:\n"
      "  nnrun submit configs/task3_lr_sweep.yaml\n"
      "  nnrun submit configs/task3_lr_sweep.yaml --partition cpu --time 2:00:00 --cpus 4 --mem 2G\n"
      "  nnrun submit experiments/report.yaml --runs-per-task 8 --array-limit 20\n"
      "  nnrun submit configs/task3_lr_sweep.yaml --sbatch=--account=lab --sbatch=--nice\n"
      "  nnrun submit configs/task3_lr_sweep.yaml --print\n\n"
      "RESULTS/NAME/slurm/job.sh is what is submitted, RESULTS/NAME must be on a file system that all\n"
      "nodes share. Only what is not finished is submitted: after a failure submit again. A last job\n"
      "writes the tables and report.html. A search that stops trials at rungs is one task. 'nnrun\n"
      "status' shows how far it is, 'nnrun cancel' takes it back. Without Slurm: 'nnrun run --shard'.\n",
      [](CLI::App& app) {
        auto arguments = std::make_shared<SubmitArguments>();
        arguments->declare(app);
        return [arguments] { return submit(*arguments); };
      }};
}

}  // namespace nnrun
